"""Layers that regularize: dropout, noise, a penalty on activity."""
