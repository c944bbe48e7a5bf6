"""What the families of layer cases share: a prelude with ``go``, which reports all there is to know of a layer."""

PRELUDE = """\
import json
L = tf.keras.layers
R = np.random.RandomState(0)
def X(*shape):
    return R.randn(*shape).astype("float32")
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def plain(x):
    return json.loads(json.dumps(x, default=str))
def fixed(layer):
    rs = np.random.RandomState(7)
    layer.set_weights([rs.uniform(0.2, 0.9, w.shape).astype(w.dtype) for w in layer.get_weights()])
def is_float(x):
    return x is not None and x.dtype.is_floating
def dense(g):
    return None if g is None else tf.convert_to_tensor(g)
def short(w):
    return w.name.split("/")[-1].split(":")[0]
def go(layer, *xs, **kw):
    "Output, gradients, weights afterwards, their names, config, symbolic shapes."
    xs = tf.nest.map_structure(lambda x: tf.constant(x) if isinstance(x, np.ndarray) else x, list(xs))
    layer(*xs, **kw)
    fixed(layer)
    floats = [x for x in tf.nest.flatten(xs) if is_float(x)]
    with tf.GradientTape() as tape:
        for x in floats:
            tape.watch(x)
        out = layer(*xs, **kw)
        loss = sum(
            tf.reduce_sum(tf.cast(o, "float32") * tf.cos(tf.reshape(tf.range(tf.size(o), dtype="float32"), tf.shape(o))))
            for o in tf.nest.flatten(out) if is_float(o)
        )
    ws = list(layer.trainable_weights)
    grads = tape.gradient(loss, floats + [getattr(w, "value", w) if not callable(getattr(w, "value", None)) else w
                                          for w in ws])
    found = [out, [dense(g) for g in grads], list(layer.get_weights()), [short(w) for w in layer.weights],
             [short(w) for w in ws]]
    masks = [getattr(o, "_keras_mask", None) for o in tf.nest.flatten(out)]
    found.append(masks)
    found.append(plain(tf.keras.utils.serialize_keras_object(layer)))
    copy = type(layer).from_config(layer.get_config())
    inputs = tf.nest.map_structure(
        lambda x: tf.keras.Input(batch_shape=(None,) + tuple(x.shape[1:]), dtype=x.dtype.name), xs)
    outs = tf.nest.flatten(copy(*inputs, **{k: v for k, v in kw.items() if not hasattr(v, "shape")}))
    found.append([(list(o.shape), tf.as_dtype(o.dtype).name) for o in outs])
    found.append(plain(copy.get_config()) == plain(layer.get_config()) or plain(copy.get_config()))
    return found
"""


def both(cases, only_k3=(), only_k2=()):
    """CASES of a table name → expression, in both dialects."""
    found = {}
    for name, code in cases.items():
        if name not in only_k2:
            found[name] = PRELUDE + code
        if name not in only_k3:
            found[name + "@k2"] = PRELUDE + code
    return found
