"""Eager programs run by numpy give what XLA gives."""

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import pytest
from jax import lax

import kerax as tf
from kerax.core import interpreter
from kerax.core.interpreter import Deferred
from kerax.math import _guarded

FLOATS = ("float32", "float64", "float16", ml_dtypes.bfloat16)
INTS = ("int32", "int64", "int8", "uint8", "uint32")
rng = np.random.default_rng(0)


def some(dtype, *shape):
    """Numbers of both signs, with zeros among them, and infinities and NaN where there are such."""
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return rng.random(shape) < 0.5
    if dtype.kind in "iu":
        return rng.integers(0 if dtype.kind == "u" else -20, 20, shape).astype(dtype)
    values = (rng.normal(size=shape) * 2).astype(dtype)
    if dtype.kind == "c":
        return values + (1j * rng.normal(size=shape)).astype(dtype)
    flat = values.reshape(-1)
    flat[: min(5, flat.size)] = np.array([0, -0.0, np.inf, -np.inf, np.nan])[: min(5, flat.size)]
    return values


def check(fn, *arrays, must=True):
    """Whether it was interpreted; its results are compared."""
    arrays = [jnp.asarray(array) for array in arrays]
    found = Deferred(fn).run(arrays)
    if found is None:
        assert not must, "a primitive without a rule"
        return False
    wanted = jax.tree.leaves(jax.jit(fn)(*arrays))
    given = jax.tree.leaves(found[0])
    for one, other in zip(given, wanted, strict=True):
        assert one.dtype == other.dtype and one.shape == other.shape
        a, b = np.asarray(one), np.asarray(other)
        if a.dtype.kind in "iub":
            np.testing.assert_array_equal(a, b)
        else:
            wide = np.complex128 if a.dtype.kind == "c" else np.float64
            tolerance = {2: 1e-2, 4: 2e-5, 8: 1e-10 if a.dtype.kind == "f" else 2e-5, 16: 1e-10}[a.dtype.itemsize]
            np.testing.assert_allclose(a.astype(wide), b.astype(wide), rtol=tolerance, atol=tolerance)
    return True


UNARY = """abs acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erf_inv erfc exp exp2 expm1 floor is_finite
log log1p logistic neg round rsqrt sign sin sinh sqrt square tan tanh""".split()


@pytest.fixture(autouse=True)
def _compiling_never_pays(request, monkeypatch):
    if request.node.name != "test_ever_new_shapes_do_not_compile_without_end":
        monkeypatch.setattr(type(interpreter.compiles), "usual_seconds", 1e6)


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
@pytest.mark.parametrize("name", UNARY)
def test_elementwise(name, dtype):
    check(getattr(lax, name), some(dtype, 40))


@pytest.mark.parametrize("name", ["abs", "neg", "exp", "log", "sqrt", "tanh", "sin", "sign", "conj", "real", "imag"])
def test_elementwise_of_complex_numbers(name):
    check(getattr(lax, name), some("complex64", 40))


@pytest.mark.parametrize("name", ["neg", "sign", "bitwise_not", "square"])
@pytest.mark.parametrize("dtype", INTS)
def test_elementwise_of_whole_numbers(name, dtype):
    check(getattr(lax, name), some(dtype, 40))


BINARY = ["add", "sub", "mul", "div", "rem", "max", "min", "eq", "ne", "lt", "le", "gt", "ge"]


@pytest.mark.parametrize("dtype", (*FLOATS, *INTS), ids=str)
@pytest.mark.parametrize("name", BINARY)
def test_pairs(name, dtype):
    check(getattr(lax, name), some(dtype, 60), some(dtype, 60))


@pytest.mark.parametrize("name", ["shift_left", "shift_right_logical"])
@pytest.mark.parametrize("dtype", ["uint8", "uint32", "uint64"])
def test_shifts(name, dtype):
    check(getattr(lax, name), rng.integers(0, 200, 40).astype(dtype), rng.integers(0, 70, 40).astype(dtype))


@pytest.mark.parametrize("name", ["atan2", "pow", "nextafter"])
def test_pairs_of_floats(name):
    check(getattr(lax, name), some("float32", 60), some("float32", 60))


@pytest.mark.parametrize("y", [-3, -1, 0, 1, 2, 3])
def test_whole_powers(y):
    check(lambda x: lax.integer_pow(x, y), some("float32", 30))


def test_division_of_the_extremes():
    x = np.array([-(2**31), -(2**31), 7, -7, 7, -7, 0], np.int32)
    y = np.array([-1, 0, 2, 2, -2, -2, 0], np.int32)
    check(lax.div, x, y)
    check(lax.rem, x, y)


@pytest.mark.parametrize("new", (*FLOATS, *INTS, "bool", "complex64"), ids=str)
@pytest.mark.parametrize("old", (*FLOATS, *INTS, "bool"), ids=str)
def test_conversions(old, new):
    check(lambda x: lax.convert_element_type(x, new), some(old, 50))


def test_conversions_of_large_numbers():
    for new in INTS:
        check(lambda x, new=new: lax.convert_element_type(x, new), np.array([1e30, -1e30, 2.0**31, 3e9, 254.7], "f"))


PAIR = some("float32", 4, 6)

SHAPES = {
    "broadcast_in_dim": (lambda x: lax.broadcast_in_dim(x, (3, 4, 2, 6), (1, 3)), PAIR),
    "reshape": (lambda x: x.reshape(3, 8), PAIR),
    "squeeze": (lambda x: jnp.squeeze(x[None, :, None], (0, 2)), PAIR),
    "transpose": (lambda x: x.T, PAIR),
    "rev": (lambda x: x[::-1], PAIR),
    "slice": (lambda x: lax.slice(x, (1, 0), (4, 5), (2, 3)), PAIR),
    "dynamic_slice": (lambda x, i: lax.dynamic_slice(x, (i, i), (2, 3)), PAIR, np.int32(3)),
    "dynamic_update_slice": (lambda x, i: lax.dynamic_update_slice(x, x[:2, :3] * 2, (i, i)), PAIR, np.int32(3)),
    "concatenate": (lambda x: jnp.concatenate([x, x + 1], 1), PAIR),
    "split": (lambda x: jnp.split(x, [1, 3], axis=1), PAIR),
    "pad": (lambda x: lax.pad(x, np.float32(7), [(1, 2, 0), (0, 1, 2)]), PAIR),
    "pad away": (lambda x: lax.pad(x, np.float32(7), [(-1, -2, 1), (-3, 4, 2)]), PAIR),
    "pad all away": (lambda x: lax.pad(x, np.float32(7), [(-5, 6, 1), (3, -5, 0)]), PAIR),
    "iota": (lambda x: lax.broadcasted_iota(jnp.int32, (3, 4, 2), 1) + x, np.int32(5)),
    "select": (lambda x: jnp.where(x > 0, x, -1), PAIR),
    "clamp": (lambda x: jnp.clip(x, -1, 1), PAIR),
    "complex": (lambda x: lax.complex(x, x + 1), PAIR),
    "bitcast": (lambda x: lax.bitcast_convert_type(x, jnp.int32), PAIR),
    "matmul": (lambda x: x[:, 2:] @ x[:, 2:].T, PAIR),
    "nothing": (lambda x: x[:, :0] @ x[:, :0].T, PAIR),
    "einsum": (lambda x: jnp.einsum("bij,bkj->bik", x, x), some("float64", 2, 3, 8)),
    "tensordot": (lambda x: jnp.tensordot(x, x, ((0, 2), (0, 2))), some("float64", 2, 3, 8)),
    "softmax": (lambda x: jax.nn.softmax(x[1:]), PAIR),
    "relu, gelu": (lambda x: (jax.nn.relu(x), jax.nn.gelu(x), jax.nn.silu(x), jax.nn.softplus(x)), PAIR),
    "sort": (lambda x: (jnp.sort(x, 0), jnp.argsort(x, 1)), PAIR),
    "stack": (lambda x: jnp.stack([x, x, x], 1), PAIR),
    "one_hot": (lambda i: jax.nn.one_hot(i, 5), np.array([0, 4, 7, -1])),
    "norm": (lambda x: jnp.linalg.norm(x[1:], axis=1), PAIR),
    "var": (lambda x: (jnp.var(x[1:], 0), jnp.mean(x, 1)), PAIR),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_and_products(name):
    check(*SHAPES[name])


@pytest.mark.parametrize("name", ["sum", "prod", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod"])
@pytest.mark.parametrize("dtype", ["float32", "int32", "uint8", "bool"])
def test_reductions(name, dtype):
    for axis in (0, 1):
        check(lambda x, axis=axis: getattr(jnp, name)(x, axis=axis), some(dtype, 4, 6))
    if name in ("sum", "prod", "any", "all"):
        check(lambda x: getattr(jnp, name)(x, axis=0), some(dtype, 0, 3))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("name", ["cumsum", "cumprod", "cummax", "cummin"])
def test_running(name, reverse):
    check(lambda x: getattr(lax, name)(x, axis=1, reverse=reverse), some("int32", 4, 6))


TABLE = some("float32", 5, 3, 4)
GATHERS = {
    "rows": lambda x, i: x[i],
    "rows, clipped": lambda x, i: x.at[i].get(mode="clip"),
    "rows or zeros": lambda x, i: x.at[i].get(mode="fill", fill_value=0),
    "rows or NaN": lambda x, i: x.at[i].get(mode="fill"),
    "two columns": lambda x, i: x[i, :, i % 4],
    "last": lambda x, i: x[..., i % 4],
    "take_along_axis": lambda x, i: jnp.take_along_axis(x, jnp.broadcast_to(i[:1, :, None] % 5, (1, 3, 4)), 0),
    "of a batch": lambda x, i: jax.vmap(lambda row, j: row[j])(x[:2], i % 3),
    "set": lambda x, i: x.at[i].set(1.5),
    "add": lambda x, i: x.at[i].add(1.5),
    "add, clipped": lambda x, i: x.at[i, 1].add(1.5, mode="clip"),
    "max": lambda x, i: x.at[:, i % 3].max(0.5),
    "multiply": lambda x, i: x.at[i % 5, 1:].multiply(2.0),
    "add to a batch": lambda x, i: jax.vmap(lambda row, j: row.at[j % 3].add(1))(x[:2], i),
    "gradient": lambda x, i: jax.grad(lambda t: (t[i] ** 2).sum())(jnp.nan_to_num(x, posinf=1, neginf=1)),
    "steep": lambda x, i: jax.grad(lambda t: jnp.where(t > 0, _guarded.sqrt(t), 0).sum())(x),
    "segments": lambda x, i: jax.ops.segment_sum(x[:2], i[:, 0], 4),
}


@pytest.mark.parametrize("name", GATHERS)
def test_gathers_and_scatters(name):
    check(GATHERS[name], TABLE, np.array([[1, 4, 9], [0, -2, 2]]))


LOOPS = {
    "while": lambda x: lax.while_loop(lambda v: v[0] < 10, lambda v: (v[0] + 1, v[1] * 2), (x, x + 1)),
    "for": lambda x: lax.fori_loop(0, 5, lambda i, v: v * i + x, x),
    "scan": lambda x: lax.scan(lambda c, i: (c + i, c * i), x, jnp.arange(4, dtype=jnp.float32)),
    "scan backwards": lambda x: lax.scan(
        lambda c, i: (c + i, c * i), x, jnp.arange(4, dtype=jnp.float32), reverse=True
    ),
    "cond": lambda x: lax.cond(x > 0, lambda v: v + 1, lambda v: v - 1, x),
    "switch": lambda x: lax.switch(7, [lambda v: v, lambda v: v - 1, lambda v: v * 3], x),
    "gradient": lambda x: jax.grad(
        lambda v: lax.scan(lambda c, i: (c * v + i, c), v, jnp.arange(4, dtype=jnp.float32))[0]
    )(x),
}


@pytest.mark.parametrize("name", LOOPS)
def test_loops_and_branches(name):
    check(LOOPS[name], np.float32(1.5))


def test_a_long_loop_is_compiled(monkeypatch):
    monkeypatch.setattr(type(interpreter.compiles), "usual_seconds", 0.01)
    count = Deferred(lambda x: lax.while_loop(lambda v: v < 1e7, lambda v: v + 1, x))
    assert count.run([jnp.float32(1)]) is None


def test_what_has_no_rule_is_compiled():
    assert not check(jnp.linalg.eigvalsh, np.eye(3, dtype="f"), must=False)


def test_a_result_is_owned_by_nobody_else():
    x = jnp.arange(64.0)
    (found,) = Deferred(lambda x: x.reshape(8, 8)).run([x])
    x.delete()
    assert found[7, 7] == 63


def test_ever_new_shapes_do_not_compile_without_end(monkeypatch):
    monkeypatch.setattr(interpreter, "_MANY", 8)
    compiled = []
    jax.monitoring.register_event_duration_secs_listener(
        lambda event, *_, **__: compiled.append(event) if event.endswith("backend_compile_duration") else None
    )
    total = tf.zeros([0, 3])
    variable = tf.Variable([1.0, 2.0, 3.0])
    for n in range(1, 60):
        total = tf.concat([total, tf.random.stateless_uniform([1, 3], [1, 2])], 0)
        with tf.GradientTape() as tape:
            scores = tf.nn.log_softmax(total * variable)
            loss = tf.reduce_mean(tf.reduce_sum(scores * tf.one_hot(tf.argmax(total, 1), 3), 1))
        gradient = tape.gradient(loss, variable)
        if n == 20:
            compiled.clear()
    np.testing.assert_allclose(gradient, jax.grad(lambda v: _loss(total._value, v))(variable._value), atol=1e-5)
    assert len(compiled) < 30  # what keeps its shape; all that changes would be 400


def _loss(total, variable):
    scores = jax.nn.log_softmax(total * variable)
    return (scores * jax.nn.one_hot(total.argmax(1), 3)).sum(1).mean()
