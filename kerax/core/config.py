"""Settings read from the environment, and the one JAX setting that kerax needs."""

import functools
import os

import jax

# TensorFlow programs use int64 and float64 freely; kerax picks every dtype itself, by TensorFlow's rules.
jax.config.update("jax_enable_x64", True)


@functools.cache
def legacy_keras() -> bool:
    """Whether the user asked for Keras 2 with TensorFlow's own switch, ``TF_USE_LEGACY_KERAS=1``.

    Settled when Keras is first used, as there: a program may set it after ``import tensorflow``.
    """
    return os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true")
