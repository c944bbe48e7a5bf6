"""Layers that are the building blocks of others: dense, embedding, lambda, wrapper."""
