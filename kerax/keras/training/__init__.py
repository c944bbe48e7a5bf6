"""Training: ``Trainer`` (training/trainer.py) is what models get ``compile`` and ``fit`` from."""
