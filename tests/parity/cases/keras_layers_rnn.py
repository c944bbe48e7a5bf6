"""Cases of keras.layers' recurrence: outputs, states, gradients, weights, configs, masks, wrappers, errors."""

PRELUDE = """\
L = keras.layers
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def data(*shape):
    n = int(np.prod(shape))
    return (((np.arange(n) * 37) % 101) / 50.0 - 1.0).reshape(shape).astype("float32")
def fixed(layer):
    layer.set_weights([data(*w.shape) * 0.5 for w in layer.get_weights()])
    return layer
def run(layer, *shape, **kw):
    x = tf.constant(data(*shape))
    layer(x)
    fixed(layer)
    with tf.GradientTape() as t:
        t.watch(x)
        y = layer(x, **kw)
        z = sum(tf.reduce_sum(a * tf.reshape(tf.cast(tf.range(tf.size(a)) % 5 - 2, a.dtype), tf.shape(a)))
                for a in tf.nest.flatten(y))
    g = t.gradient(z, [x, *layer.trainable_variables])
    return [list(y) if isinstance(y, (list, tuple)) else y, g, [w.name.split("/")[-1].split(":")[0] for w in layer.weights]]
def cfg(layer):
    c = layer.get_config()
    again = type(layer).from_config(layer.get_config())
    short = lambda v: v.get("class_name") if isinstance(v, dict) else list(v) if isinstance(v, tuple) else v
    return [{k: short(v) for k, v in sorted(c.items()) if k != "dtype"}, sorted(again.get_config()) == sorted(c)]
M = np.array([[True, True, False, True], [False, True, True, False]])
"""

BOTH = {
    "features_that_do_not_fit": """
import re
def told(f):
    try:
        f()
    except Exception as e:
        text = re.sub(r"{{function_node \\S*}} ", "", str(e))
        return type(e).__name__, re.findall(r"when calling .*|Dimensions must be equal, but are \\d+ and \\d+|Matrix size.*", text)
    return "no error"
layers = [L.LSTM(4), L.GRU(4), L.SimpleRNN(4), L.RNN(L.GRUCell(4))]
for layer in layers:
    layer(data(2, 3, 5))
[[told(lambda: layer(data(2, 3, 6))), told(lambda: tf.function(layer)(data(2, 3, 6)))] for layer in layers]""",
    "simple": """
[
    run(L.SimpleRNN(3, return_sequences=True, return_state=True, activation="relu"), 2, 4, 2),
    run(L.SimpleRNN(3, go_backwards=True, return_sequences=True, use_bias=False), 2, 4, 2),
    run(L.SimpleRNN(3, return_sequences=True), 2, 4, 2, mask=M),
    run(L.SimpleRNN(3, unroll=True), 2, 4, 2, mask=M),
]""",
    "lstm": """
[
    run(L.LSTM(3, go_backwards=True, return_sequences=True, use_bias=False), 2, 4, 2),
    run(L.LSTM(3, return_sequences=True, return_state=True, go_backwards=True), 2, 4, 2, mask=M),
    run(L.LSTM(3, zero_output_for_mask=True, return_sequences=True), 2, 4, 2, mask=M),
    run(L.LSTM(3, activation="relu", recurrent_activation="hard_sigmoid", unroll=True), 2, 4, 2),
    run(L.LSTM(2, return_state=True), 2, 4, 2, initial_state=[tf.ones((2, 2)), tf.zeros((2, 2)) + 0.5]),
]""",
    "gru": """
[
    run(L.GRU(3), 2, 4, 2),
    run(L.GRU(3, reset_after=False, return_sequences=True, return_state=True), 2, 4, 2),
    run(L.GRU(3, use_bias=False, go_backwards=True), 2, 4, 2),
    run(L.GRU(3, return_sequences=True, activation="relu"), 2, 4, 2, mask=M),
    run(L.GRU(2), 2, 4, 2, initial_state=tf.ones((2, 2))),
]""",
    "cells": """
def cell(c, states):
    x = data(2, 3)
    c(x, states)
    fixed(c)
    y, s = c(x, states)
    return y, list(s)
[
    cell(L.SimpleRNNCell(2), [tf.ones((2, 2))]),
    cell(L.LSTMCell(2), [tf.ones((2, 2)), tf.ones((2, 2))]),
    cell(L.GRUCell(2), [tf.ones((2, 2))]),
    cell(L.GRUCell(2, reset_after=False), [tf.ones((2, 2))]),
    run(L.RNN(L.LSTMCell(3), return_sequences=True), 2, 4, 2),
    run(L.RNN([L.GRUCell(2), L.SimpleRNNCell(3)]), 2, 4, 2),
    run(L.RNN(L.StackedRNNCells([L.SimpleRNNCell(2), L.LSTMCell(3)]), return_sequences=True), 2, 4, 2),
]""",
    "custom_cell": """
class Cell(L.Layer):
    def __init__(self, units, **k):
        super().__init__(**k)
        self.units = units
        self.state_size = units
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="ones", name="w")
    def call(self, inputs, states):
        y = inputs @ tf.convert_to_tensor(self.w) + 0.5 * states[0]
        return y, [y]
[
    run(L.RNN(Cell(2), return_sequences=True, return_state=True), 2, 4, 2, mask=M),
    run(L.RNN(Cell(2), unroll=True, go_backwards=True, return_sequences=True), 2, 4, 2),
]""",
    "bidirectional": """
[
    run(L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode="ave"), 2, 4, 2),
    run(L.Bidirectional(L.SimpleRNN(2, return_sequences=True), merge_mode=None), 2, 4, 2),
    run(L.Bidirectional(L.LSTM(2, return_sequences=True)), 2, 4, 2, mask=M),
    run(L.Bidirectional(L.LSTM(2), backward_layer=L.LSTM(2, go_backwards=True, activation="relu")), 2, 4, 2),
    run(L.Bidirectional(L.GRU(2)), 2, 4, 2, initial_state=[tf.ones((2, 2)), tf.zeros((2, 2))]),
    [list(L.Bidirectional(L.LSTM(5, return_sequences=r), merge_mode=m).compute_output_shape((None, 3, 4)))
     for r in (False, True) for m in ("concat", "sum")],
    [L.Bidirectional(L.LSTM(2, name="x")).forward_layer.name, L.Bidirectional(L.LSTM(2, name="x")).backward_layer.name],
    err(lambda: L.Bidirectional(L.LSTM(2), merge_mode="max")),
    err(lambda: L.Bidirectional("a")),
    err(lambda: L.Bidirectional(L.LSTM(2), backward_layer=L.LSTM(2))),
    err(lambda: L.Bidirectional(L.LSTM(2), backward_layer=L.LSTM(2, go_backwards=True, return_state=True))),
]""",
    "time_distributed": """
[
    run(L.TimeDistributed(L.Dense(3)), 2, 4, 2),
    run(L.TimeDistributed(L.Conv2D(2, 2)), 2, 3, 4, 4, 1),
    run(L.TimeDistributed(L.LSTM(2)), 2, 3, 4, 2),
    list(L.TimeDistributed(L.Dense(3))(keras.Input((None, 4))).shape),
    list(L.TimeDistributed(L.Flatten()).compute_output_shape((None, 5, 2, 3))),
    err(lambda: L.TimeDistributed(L.Dense(3))(data(2, 3))),
    err(lambda: L.TimeDistributed("a")),
]""",
    "stateful": """
x = data(2, 4, 2)
def steps(l):
    l(x)
    fixed(l)
    l.reset_states()
    a, b = np.array(l(x)), np.array(l(x))
    l.reset_states()
    return [a, b, np.array(l(x)), len(l.get_weights())]
m = keras.Sequential([keras.Input(batch_shape=(2, 4, 2)), L.LSTM(2, stateful=True)])
fixed(m)
p = [m.predict(x, batch_size=2, verbose=0) for _ in range(2)]
[steps(L.GRU(3, stateful=True)), p,
 steps(L.Bidirectional(L.LSTM(2, stateful=True)))]""",
    "symbolic": """
i = keras.Input((None, 3))
h, c = keras.Input((4,)), keras.Input((4,))
m = keras.Model([i, h, c], L.LSTM(4, return_state=True)(i, initial_state=[h, c]))
fixed(m)
e = keras.Sequential([keras.Input((4,), dtype="int32"), L.Embedding(5, 3, mask_zero=True), L.GRU(2)])
fixed(e)
[
    list(L.LSTM(4)(i).shape),
    list(L.GRU(4, return_sequences=True)(i).shape),
    [list(a.shape) for a in L.LSTM(4, return_state=True, return_sequences=True)(i)],
    [list(a.shape) for a in L.Bidirectional(L.GRU(4, return_state=True))(i)],
    list(m([data(2, 5, 3), data(2, 4), data(2, 4)])),
    e(np.array([[1, 2, 0, 0], [3, 0, 4, 1]])),
]""",
    "training": """
m = keras.Sequential([keras.Input((5, 2)), L.GRU(3, return_sequences=True), L.LSTM(3), L.Dense(1)])
fixed(m)
m.compile("sgd", "mse")
h = m.fit(data(8, 5, 2), data(8, 1), batch_size=4, epochs=2, verbose=0, shuffle=False)
[h.history["loss"], m.get_weights()]""",
    "configs": """
[
    cfg(L.SimpleRNN(3, name="a")),
    cfg(L.LSTM(3, return_sequences=True, dropout=0.2, name="a")),
    cfg(L.GRU(3, reset_after=False, recurrent_dropout=0.1, kernel_regularizer="l2", name="a")),
    cfg(L.LSTMCell(3, unit_forget_bias=False, name="a")),
    cfg(L.GRUCell(3, name="a")),
    cfg(L.SimpleRNNCell(3, activation="relu", name="a")),
    cfg(L.RNN(L.LSTMCell(2), return_state=True, name="a")),
    cfg(L.StackedRNNCells([L.LSTMCell(2)], name="a"))[1],
    cfg(L.Bidirectional(L.LSTM(2, name="b"), merge_mode="sum", name="a")),
    cfg(L.TimeDistributed(L.Dense(2, name="b"), name="a")),
    cfg(L.ConvLSTM2D(2, 3, padding="same", name="a")),
]""",
    "initial_weights": """
l = L.LSTM(3)
l(data(1, 2, 2))
k, r, b = l.get_weights()
g = L.GRU(3)
g(data(1, 2, 2))
[b, np.allclose(r @ r.T, np.eye(3), atol=1e-5), [list(w.shape) for w in g.get_weights()],
 [list(w.shape) for w in l.get_weights()]]""",
    "dropout": """
def some(l):
    x = np.ones((2, 4, 3), "float32")
    l(x)
    a, b, c = (np.array(l(x, training=t)) for t in (False, False, True))
    return [bool(np.allclose(a, b)), bool(np.allclose(a, c))]
[some(L.LSTM(8, dropout=0.5)), some(L.GRU(8, recurrent_dropout=0.5)), some(L.SimpleRNN(8, dropout=0.5)),
 some(L.LSTM(8, dropout=0.5, recurrent_dropout=0.5, return_sequences=True)),
 some(L.RNN([L.LSTMCell(4, dropout=0.5), L.GRUCell(4)]))]""",
    "errors": """
[
    err(lambda: L.LSTM(0)),
    err(lambda: L.GRU(-1)),
    err(lambda: L.RNN(3)),
    err(lambda: L.RNN(L.Dense(2))),
    err(lambda: L.LSTM(2)(data(2, 3))),
    err(lambda: L.StackedRNNCells([L.Dense(2)])),
    err(lambda: L.LSTM(2, stateful=True)(keras.Input((3, 2)))),
    err(lambda: L.LSTM(2, unroll=True)(keras.Input((None, 2)))),
    err(lambda: L.LSTM(2, activation="nope")),
]""",
    "conv_lstm": """
[
    run(L.ConvLSTM1D(2, 2, padding="same"), 1, 3, 4, 2),
    run(L.ConvLSTM2D(2, 2, return_sequences=True, recurrent_activation="sigmoid"), 1, 3, 4, 4, 1),
    run(L.ConvLSTM2D(2, 2, strides=2, return_state=True, use_bias=False), 1, 3, 4, 4, 1),
    run(L.ConvLSTM3D(1, 2, padding="same", go_backwards=True), 1, 2, 2, 3, 2, 1),
    list(L.ConvLSTM2D(4, 3, padding="same", return_sequences=True).compute_output_shape((None, 5, 8, 8, 3))),
]""",
}
TWO = {
    "time_major": """
[run(L.LSTM(3, time_major=True, return_sequences=True), 4, 2, 2), run(L.GRU(3, time_major=True), 4, 2, 2)]""",
    "lists_and_constants": """
class Cell(L.Layer):
    state_size = 2
    def build(self, shape):
        self.built = True
    def call(self, inputs, states, constants):
        y = inputs + states[0] * constants[0]
        return y, [y]
x, s = tf.constant(data(2, 4, 2)), tf.ones((2, 2))
l = L.LSTM(2)
l(x)
fixed(l)
[L.RNN(Cell())(x, constants=[s * 0.5]), l([x, s, s]), l(x, initial_state=[s, s])]""",
    "abstract": """
class Cell(L.AbstractRNNCell):
    @property
    def state_size(self):
        return 2
    def call(self, inputs, states):
        return inputs + states[0], [inputs + states[0]]
[L.RNN(Cell())(data(2, 3, 2)), L.RNN(Cell(), return_state=True)(data(2, 3, 2))]""",
}
CASES = {name: PRELUDE + body for name, body in BOTH.items()}
CASES.update({f"{name}@k2": PRELUDE + body for name, body in {**BOTH, **TWO}.items()})
