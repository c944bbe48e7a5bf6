"""What programs take out of TensorFlow's implementation and no public namespace has.

A file stands for the modules below ``tensorflow.python`` whose last part is its name: ``smart_cond.py`` for
``tensorflow.python.framework.smart_cond``. `kerax.compat.paths` finds it, and adds the public names.
"""
