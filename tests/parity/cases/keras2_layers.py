"""Cases of calls and graphs of layers as only Keras 2 has them."""

TABLE = {
    "training_that_must_be_given": """
K, L = tf.keras, tf.keras.layers
class Twice(L.Layer):
    def call(self, x, training):
        if training:
            return x * 2
        return x
class Model(K.Model):
    def __init__(self):
        super().__init__()
        self.t, self.d = Twice(), L.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.d(self.t(x))
x = tf.ones((2, 3))
i = L.Input((3,))
functional, subclass = K.Model(i, Twice()(i)), Model()
functional.compile("sgd", "mse")
subclass.compile("sgd", "mse")
[Twice()(x), Twice()(x, training=True), functional.predict(x, verbose=0), functional.evaluate(x, x, verbose=0),
 functional.train_on_batch(x, x), functional(x, training=True), subclass.predict(x, verbose=0),
 subclass.train_on_batch(x, x[:, :1])]""",
    "training_told_through_a_model": """
class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d = tf.keras.layers.Dropout(0.9999)
        self.n = tf.keras.layers.BatchNormalization()
    def call(self, x):
        return self.n(self.d(x))
model = Model()
model.compile("sgd", "mse")
x = tf.ones((4, 50))
[round(float(model.train_on_batch(x, x)), 1), model.n.moving_mean.numpy().max() < 0.5,
 round(float(model.evaluate(x, x * 0, verbose=0)), 1)]""",
    "identity": """tf.keras.layers.Layer()(tf.ones((2, 3)))""",
    "nodes": """
L = tf.keras.layers
i = L.Input((3,), name="i")
a, b = L.Dense(2, name="a")(i), L.Dense(2, name="b")(i)
c = L.Add(name="c")([a, b])
model = tf.keras.Model(i, c)
one, two = [model.get_layer(n)._inbound_nodes[0] for n in "ac"]
[one.inbound_layers.name, [l.name for l in two.inbound_layers], two.outbound_layer.name, len(two.call_args[0]),
 dict(two.call_kwargs), [n.outbound_layer.name for n in model.get_layer("a")._outbound_nodes]]""",
    "names_of_outputs": """
class Two(tf.keras.layers.Layer):
    def call(self, x):
        return x + 1.0, x + 2.0
i = tf.keras.layers.Input((3,))
model = tf.keras.Model(i, Two(name="out")(i))
model.compile("sgd", "mse")
x = np.ones((2, 3), "float32")
[list(model.output_names), sorted(model.fit(x, [x, x], verbose=0).history)]""",
}
CASES = {name + "@k2": code for name, code in TABLE.items()}
