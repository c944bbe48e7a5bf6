"""Layers that reshape, crop, pad and enlarge."""
