"""Stands in until ``keras.random`` is there."""
try:
    from kerax.keras import random as random
except ImportError:
    import types

    import numpy as np

    from kerax.keras.engine.seeds import make_default_seed, seed_pair
    from kerax.keras.engine.variable import Variable
    from kerax.random import stateless

    class SeedGenerator:
        _is_keras_seed_generator = True

        def __init__(self, seed=None, name=None):
            seed = make_default_seed() if seed is None else seed
            self.state = Variable(np.array([seed, 0], np.int64), trainable=False, name="seed_generator_state")

        def next(self):
            now = self.state._kerax_tensor()
            self.state.assign(now + np.array([0, 1], np.int64))
            return now

    def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
        return stateless.stateless_uniform(tuple(shape), seed_pair(seed), minval, maxval, dtype or "float32")

    def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
        return stateless.stateless_normal(tuple(shape), seed_pair(seed), mean, stddev, dtype or "float32")

    def dropout(inputs, rate, noise_shape=None, seed=None):
        import kerax as tf

        if rate == 1.0:
            return tf.zeros_like(inputs)
        shape = [i if s is None else s for s, i in zip(noise_shape or inputs.shape, inputs.shape)]
        keep = uniform(shape, dtype=inputs.dtype, seed=seed) >= rate
        return tf.where(keep, inputs * (1 / (1 - rate)), tf.zeros_like(inputs))

    random = types.SimpleNamespace(SeedGenerator=SeedGenerator, uniform=uniform, normal=normal, dropout=dropout)
