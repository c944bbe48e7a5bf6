"""Losses compare once; metrics remember what they have seen."""

import tensorflow as tf

truth, guess = [0.0, 0.0, 1.0, 1.0], [0.1, 0.4, 0.7, 0.2]

crossentropy = tf.keras.losses.BinaryCrossentropy()
print("binary crossentropy:", crossentropy(truth, guess).numpy())
print("mean squared error:", tf.keras.losses.MeanSquaredError()(truth, guess).numpy())
print("of each example:", tf.keras.losses.mean_squared_error([[t] for t in truth], [[g] for g in guess]).numpy())
print("weighted:", crossentropy([[t] for t in truth], [[g] for g in guess], sample_weight=[1, 1, 1, 0]).numpy())

# A metric is fed batch by batch.
auc = tf.keras.metrics.AUC()
auc.update_state([0, 1, 1, 1], [0, 1, 0, 0])
print("area under the curve after one batch:", auc.result().numpy())
auc.update_state([1, 1, 1, 1], [0, 1, 1, 0])
print("after two:", auc.result().numpy())
assert abs(auc.result().numpy() - 0.714286) < 1e-5
auc.reset_state()
assert auc.result() == 0


class Hits(tf.keras.metrics.Metric):
    """How many positives were found."""

    def __init__(self, name="hits", **kwargs):
        super().__init__(name=name, **kwargs)
        self.count = self.add_weight(name="count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        both = tf.logical_and(tf.cast(y_true, tf.bool), tf.cast(y_pred, tf.bool))
        hit = tf.cast(both, self.dtype)
        if sample_weight is not None:
            hit *= tf.cast(sample_weight, self.dtype)
        self.count.assign_add(tf.reduce_sum(hit))

    def result(self):
        return self.count

    def reset_state(self):
        self.count.assign(0.0)


hits = Hits()
hits.update_state([0, 1, 1, 1], [0, 1, 0, 0])
hits.update_state([1, 1, 1, 1], [0, 1, 1, 0])
print("hits:", hits.result().numpy())
assert hits.result().numpy() == 3
