"""Cases of what is Keras 2's alone, in forms that its own tests use."""

TABLE = {
    "shapes": """
L = tf.keras.layers
class Twice(L.Layer):
    def build(self, input_shape):
        self.seen = input_shape
    def call(self, x):
        return [x * 2, {"a": x[:, :1]}]
def types(shape):
    if isinstance(shape, tf.TensorShape):
        return ["TensorShape", shape.as_list()]
    if isinstance(shape, dict):
        return {k: types(v) for k, v in shape.items()}
    return [type(shape).__name__, [v if v is None or isinstance(v, int) else types(v) for v in shape]]
twice = Twice()
twice(tf.ones((2, 3)))
i = L.Input((3,))
model = tf.keras.Model(i, [L.Dense(2)(i), L.Dense(4)(i)])
[
    types(twice.seen), types(twice.compute_output_shape((4, 5))), types(twice.compute_output_shape((None, 5))),
    types(L.Dense(3).compute_output_shape((4, 5))), types(L.Dense(3).compute_output_shape(tf.TensorShape([None, 5]))),
    types(L.Conv2D(3, 2).compute_output_shape((None, 5, 6, 3))), types(L.Flatten().compute_output_shape((None, 5, 6))),
    types(L.LSTM(3, return_state=True).compute_output_shape((4, 5, 6))),
    types(L.Dropout(0.5).compute_output_shape((4, 5))), types(L.BatchNormalization().compute_output_shape([4, 5])),
    types(L.TimeDistributed(L.Dense(3)).compute_output_shape((None, 5, 6))),
    types(L.TimeDistributed(L.Dense(3)).compute_output_shape(tf.TensorShape([None, 5, 6]))),
    types(L.Bidirectional(L.GRU(3)).compute_output_shape((None, 5, 6))),
    types(L.Concatenate().compute_output_shape([tf.TensorShape([4, 5]), tf.TensorShape([4, 2])])),
    types(L.Dot(1).compute_output_shape([(4, 5), (4, 5)])),
    types(L.Lambda(lambda x: x[:, 1:]).compute_output_shape((4, 5))),
    types(L.Lambda(lambda x: x, output_shape=(7,)).compute_output_shape((None, 5))),
    types(tf.keras.Sequential([L.Dense(3), L.Dropout(0.1)]).compute_output_shape((4, 5))),
    types(model.compute_output_shape((None, 3))), L.Dense(3).compute_output_shape((None, 5))[1:].as_list(),
]""",
    "subclass_build": """
class D(tf.keras.layers.Dense):
    def build(self, input_shape):
        self.seen = [type(input_shape).__name__, input_shape.rank, input_shape[1:].as_list()]
        super().build(input_shape)
class M(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d = D(2)
    def build(self, input_shape):
        self.seen = type(input_shape).__name__
        super().build(input_shape)
    def call(self, x):
        return self.d(x)
d, m = D(2), M()
d(tf.ones((3, 4)))
m(tf.ones((3, 4)))
[d.seen, d.kernel.shape.as_list(), m.seen, m.d.seen, m.built]""",
    "mask_by_position": """
class Mine(tf.keras.layers.Layer):
    def call(self, inputs, mask=None):
        return inputs
    def compute_mask(self, inputs, mask=None):
        return tf.zeros(()) if mask is None else tf.ones(())
x, mask = tf.ones((1, 1)), tf.ones((1, 1))
[Mine()(x, mask)._keras_mask, Mine()(x)._keras_mask, Mine()(x, mask=mask)._keras_mask]""",
}
CASES = {name + "@k2": code for name, code in TABLE.items()}
