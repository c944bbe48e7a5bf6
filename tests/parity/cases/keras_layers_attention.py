"""Cases of attention layers."""

import pathlib
import runpy

both = runpy.run_path(str(pathlib.Path(__file__).with_name("_layers.py")))["both"]

TABLE = {
    "attention": """[go(L.Attention(name="l"), [X(2, 3, 4), X(2, 5, 4)]), go(L.Attention(use_scale=True, name="l"), [X(2, 3, 4), X(2, 5, 6), X(2, 5, 4)]),
        go(L.Attention(score_mode="concat", use_scale=True, name="l"), [X(2, 3, 4), X(2, 5, 4)]),
        go(L.Attention(name="l"), [X(2, 3, 4), X(2, 3, 4)], use_causal_mask=True, return_attention_scores=True)]""",
    "attention_masks": """
q, v = X(2, 3, 4), X(2, 5, 4)
qm = tf.constant([[True, True, False], [True, False, False]])
vm = tf.constant([[True, True, True, False, False], [True] * 5])
a = L.Attention()
[a([q, v], mask=[qm, vm]), a([q, v], mask=[None, vm]), a([q, v], mask=[qm, None]), a([q, v], mask=[qm, vm], use_causal_mask=True),
 a.compute_mask([q, v], [qm, vm]), a.compute_mask([q, v]), list(a.compute_output_shape([(2, 3, 4), (2, 5, 4)])),
 L.AdditiveAttention(use_scale=False)([q, v], mask=[qm, vm])]""",
    "attention_half": """L.Attention(dtype="float16")([X(2, 3, 4), X(2, 5, 4)], mask=[None, tf.constant([[True, True, True, False, False], [True] * 5])])""",
    "attention_errors": """[err(lambda: L.Attention()(X(2, 3, 4))), err(lambda: L.Attention()([X(2, 3, 4)])), err(lambda: L.Attention(score_mode="x")),
        err(lambda: L.Attention()([X(2, 3, 4)] * 2, mask=tf.constant([True]))), err(lambda: L.Attention()([X(2, 3, 4)] * 2, mask=[tf.constant([True])]))]""",
    "additive": """[go(L.AdditiveAttention(name="l"), [X(2, 3, 4), X(2, 5, 4)]), go(L.AdditiveAttention(use_scale=False, name="l"), [X(2, 3, 4), X(2, 5, 4), X(2, 5, 4)])]""",
    "mha": """[go(L.MultiHeadAttention(2, 3, name="l"), X(2, 4, 5), X(2, 3, 5)), go(L.MultiHeadAttention(2, 3, value_dim=4, name="l"), X(2, 4, 5), X(2, 3, 6), X(2, 3, 7)),
        go(L.MultiHeadAttention(1, 2, use_bias=False, output_shape=7, name="l"), X(2, 4, 5), X(2, 4, 5), use_causal_mask=True)]""",
    "mha_scores": """
m = L.MultiHeadAttention(2, 3)
q, v = X(2, 4, 5), X(2, 3, 5)
m(q, v)
fixed(m)
mask = np.array([[[1, 1, 0]] * 4, [[1, 0, 0]] * 4]).astype(bool)
[m(q, v, return_attention_scores=True), m(q, v, attention_mask=mask, return_attention_scores=True), m(q, v, attention_mask=mask),
 m(q, q, use_causal_mask=True, return_attention_scores=True), m(q, v, attention_mask=mask.astype("int32")),
 m(q, v, attention_mask=mask, use_causal_mask=True)]""",
    "mha_axes": """
m = L.MultiHeadAttention(2, 3, attention_axes=(2, 3))
x = X(1, 2, 3, 4, 5)
m(x, x)
fixed(m)
n = L.MultiHeadAttention(2, 3, attention_axes=1)
y = X(2, 3, 4, 5)
n(y, y)
fixed(n)
[m(x, x), m(x, x, return_attention_scores=True)[1], n(y, y), [list(w.shape) for w in m.weights], plain(m.get_config()["attention_axes"])]""",
    "mha_masks": """
e = L.Embedding(9, 4, mask_zero=True)
e.build((None, None))
fixed(e)
x = e(np.array([[1, 2, 0], [3, 0, 0]]))
k = e(np.array([[1, 2, 4, 0], [3, 5, 0, 0]]))
m = L.MultiHeadAttention(2, 3)
y = m(x, k)
fixed(m)
x = e(np.array([[1, 2, 0], [3, 0, 0]]))
k = e(np.array([[1, 2, 4, 0], [3, 5, 0, 0]]))
y = m(x, k)
[y, y._keras_mask]""",
    "mha_settings": """go(L.MultiHeadAttention(2, 3, kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer="l2", dropout=0.3,
        kernel_constraint="non_neg", name="l"), X(2, 4, 5), X(2, 3, 5))""",
    "mha_mixed": """
m = L.MultiHeadAttention(2, 3, dtype="mixed_float16")
q = X(2, 4, 5)
m(q, q)
fixed(m)
[m(q, q), m(q, q, return_attention_scores=True, use_causal_mask=True)]""",
    "mha_errors": """[err(lambda: L.MultiHeadAttention(0, 3)(X(2, 4, 5), X(2, 4, 5))), err(lambda: L.MultiHeadAttention(2, 3)(X(2, 4, 5), X(2, 3, 5), X(2, 4, 5)))]""",
    "mha_new": """
q, v = X(2, 4, 5), X(2, 4, 5)
out = [go(L.MultiHeadAttention(2, 3, use_gate=True, name="l"), q, v), go(L.MultiHeadAttention(2, 3, sliding_window=2, seed=3, name="l"), q, v)]
m = L.MultiHeadAttention(2, 3)
m(q, v)
fixed(m)
vm = np.array([[True, True, False, True], [True, False, False, False]])
out + [m(q, v, value_mask=tf.constant(vm)), m(q, v, key_mask=tf.constant(vm), value_mask=tf.constant(vm)), list(m.compute_output_shape((None, 4, 5), (None, 4, 5))),
 err(lambda: L.MultiHeadAttention(2, 3, sliding_window=0)), err(lambda: L.MultiHeadAttention(2, 3, flash_attention=True, dropout=0.1)),
 err(lambda: L.MultiHeadAttention(2, 3, flash_attention=True)(q, v)), err(lambda: L.MultiHeadAttention(2, 0)), err(lambda: L.MultiHeadAttention(2, 3, value_dim=-1))]""",
    "gqa": """[go(L.GroupQueryAttention(3, 4, 2, name="l"), X(2, 4, 5), X(2, 3, 5)), go(L.GroupQueryAttention(3, 4, 4, use_bias=False, use_gate=True, name="l"), X(2, 4, 5), X(2, 4, 5), use_causal_mask=True),
        go(L.GroupQueryAttention(2, 6, 1, sliding_window=1, dropout=0.2, name="l"), X(2, 4, 5), X(2, 4, 5)), err(lambda: L.GroupQueryAttention(3, 4, 3))]""",
    "gqa_scores": """
m = L.GroupQueryAttention(3, 4, 2)
q, v = X(2, 4, 5), X(2, 3, 5)
m(q, v)
fixed(m)
mask = np.array([[[1, 1, 0]] * 4, [[1, 0, 0]] * 4]).astype(bool)
vm = tf.constant([[True, True, False], [True, False, False]])
[m(q, v, return_attention_scores=True), m(q, v, attention_mask=mask, return_attention_scores=True), m(q, v, attention_mask=mask), m(q, v, value_mask=vm),
 m(q, v, use_causal_mask=True, return_attention_scores=True), m(q, v, query_mask=tf.constant([[True, True, False, False], [True] * 4]))]""",
    "mha_legacy": """
m = L.MultiHeadAttention(2, 3, softmax_robust_masking=True, name="l")
q = X(2, 4, 5)
m(q, q)
fixed(m)
mask = np.array([[[1, 1, 0, 0]] * 4, [[1, 0, 0, 0]] * 4]).astype(bool)
[m(q, q, attention_mask=mask, return_attention_scores=True), plain(m.get_config())]""",
}
CASES = both(TABLE, only_k3={"mha_new", "gqa", "gqa_scores"}, only_k2={"mha_legacy"})
