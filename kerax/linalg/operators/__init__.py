"""Matrices that are known by what they do."""
