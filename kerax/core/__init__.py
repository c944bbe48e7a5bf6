"""The engine: tensors, variables, ops, tapes, traces. Imports nothing of kerax but itself."""
