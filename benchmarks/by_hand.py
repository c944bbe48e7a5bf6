"""The workloads as an expert writes them in JAX and optax: a jitted step in a loop, or a scan over the epoch."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import data
import jax
import jax.numpy as jnp
import numpy as np
import optax

Params = Any


# --- networks: (init, apply) -------------------------------------------------------------------------------
def _weights(network: str) -> Iterator[jax.Array]:
    return map(jnp.asarray, data.weights(network))


def _dense(weights: Iterator[jax.Array]) -> dict[str, jax.Array]:
    return {"w": next(weights), "b": next(weights)}


def _apply_dense(p: Params, x: jax.Array) -> jax.Array:
    return x @ p["w"] + p["b"]


def mlp_init() -> Params:
    weights = _weights("mlp")
    return [_dense(weights) for _ in range(3)]


def mlp_apply(p: Params, x: jax.Array) -> jax.Array:
    for one in p[:-1]:
        x = jax.nn.relu(_apply_dense(one, x))
    return _apply_dense(p[-1], x)


def cnn_init() -> Params:
    weights = _weights("cnn")
    return {name: _dense(weights) for name in ("c1", "c2", "d1", "d2")}


def cnn_apply(p: Params, x: jax.Array) -> jax.Array:
    for name in ("c1", "c2"):
        x = jax.lax.conv_general_dilated(x, p[name]["w"], (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + p[name]["b"])
    n, h, w, c = x.shape
    x = x.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4)).reshape(n, -1)
    return _apply_dense(p["d2"], jax.nn.relu(_apply_dense(p["d1"], x)))


def lstm_init() -> Params:
    weights = _weights("lstm")
    return {**{name: next(weights) for name in "ekrb"}, "d": _dense(weights)}


def lstm_apply(p: Params, x: jax.Array) -> jax.Array:
    inputs = (p["e"][x] @ p["k"] + p["b"]).swapaxes(0, 1)
    zeros = jnp.zeros((x.shape[0], 64), jnp.float32)

    def step(carry: Any, one: jax.Array) -> Any:
        h, c = carry
        i, f, g, o = jnp.split(one + h @ p["r"], 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    (h, _), _ = jax.lax.scan(step, (zeros, zeros), inputs)
    return _apply_dense(p["d"], h)


def transformer_init() -> Params:
    weights = _weights("transformer")
    embedding = next(weights)
    blocks = []
    for _ in range(2):
        heads = {name: {"w": next(weights).reshape(64, 64), "b": next(weights).reshape(64)} for name in "qkvo"}
        first = _dense(weights)
        hidden, back = _dense(weights), _dense(weights)
        blocks.append({**heads, "n": [first, _dense(weights)], "h": hidden, "u": back})
    return {"e": embedding, "blocks": blocks, "d": _dense(weights)}


def _norm(p: Params, x: jax.Array) -> jax.Array:
    mean = x.mean(-1, keepdims=True)
    variance = jnp.square(x - mean).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(variance + 1e-6) * p["w"] + p["b"]


def transformer_apply(p: Params, x: jax.Array) -> jax.Array:
    x = p["e"][x]
    n, t, _ = x.shape
    for block in p["blocks"]:
        q, k, v = (_apply_dense(block[name], x).reshape(n, t, 4, 16) for name in "qkv")
        scores = jax.nn.softmax(jnp.einsum("nqhd,nkhd->nhqk", q * 0.25, k), axis=-1)
        attended = _apply_dense(block["o"], jnp.einsum("nhqk,nkhd->nqhd", scores, v).reshape(n, t, 64))
        x = _norm(block["n"][0], x + attended)
        x = _norm(block["n"][1], x + _apply_dense(block["u"], jax.nn.relu(_apply_dense(block["h"], x))))
    return _apply_dense(p["d"], x.mean(1))


NETWORKS = {
    "mlp": (mlp_init, mlp_apply),
    "cnn": (cnn_init, cnn_apply),
    "lstm": (lstm_init, lstm_apply),
    "transformer": (transformer_init, transformer_apply),
}
OPTIMIZER = optax.adam(1e-3, eps=1e-7)


def loss_and_logits(apply: Any, params: Params, x: jax.Array, y: jax.Array) -> tuple[jax.Array, jax.Array]:
    logits = apply(params, x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean(), logits


def step_of(apply: Any) -> Callable[..., Any]:
    """The pure training step: (state, x, y) → state; the state holds parameters, optimizer, sums of metrics."""

    def step(state: Any, x: jax.Array, y: jax.Array) -> Any:
        params, moments, (total, right, count) = state
        (loss, logits), grads = jax.value_and_grad(lambda p: loss_and_logits(apply, p, x, y), has_aux=True)(params)
        updates, moments = OPTIMIZER.update(grads, moments)
        correct = (logits.argmax(-1) == y).astype(jnp.float32)
        size = jnp.float32(x.shape[0])
        metrics = (total + loss * size, right + correct.sum(), count + size)
        return optax.apply_updates(params, updates), moments, metrics

    return step


def _no_metrics() -> tuple[jax.Array, ...]:
    return tuple(jnp.zeros((), jnp.float32) for _ in range(3))


def fit(network: str, batch: int, scan: bool) -> Callable[[], float]:
    x, y = data.load(network)
    init, apply = NETWORKS[network]
    params = init()
    holder = [(params, OPTIMIZER.init(params))]
    step = step_of(apply)
    steps = len(x) // batch
    rng = np.random.default_rng(0)
    on_device = jnp.asarray(x), jnp.asarray(y)
    one = jax.jit(step, donate_argnums=0)

    @functools.partial(jax.jit, donate_argnums=0)
    def epoch(state: Any, order: jax.Array, xs: jax.Array, ys: jax.Array) -> Any:
        def body(carry: Any, rows: jax.Array) -> Any:
            return step(carry, xs[rows], ys[rows]), None

        return jax.lax.scan(body, state, order)[0]

    def run() -> float:
        for _ in range(data.EPOCHS[network]):
            state = (*holder[0], _no_metrics())
            order = rng.permutation(len(x))[: steps * batch].reshape(steps, batch).astype(np.int32)
            if scan:
                state = epoch(state, order, *on_device)
            else:
                for rows in order:
                    state = one(state, x[rows], y[rows])
            holder[0] = state[:2]
            total, _, count = state[2]
            loss = float(total / count)
        return loss

    return run


def evaluate(batch: int) -> Callable[[], float]:
    x, y = data.load("mlp")
    params = mlp_init()

    @jax.jit
    def one(params: Any, totals: Any, xs: jax.Array, ys: jax.Array) -> Any:
        loss, logits = loss_and_logits(mlp_apply, params, xs, ys)
        return totals[0] + loss, totals[1] + (logits.argmax(-1) == ys).sum()

    def run() -> float:
        totals: Any = (jnp.float32(0), jnp.int32(0))
        for i in range(0, len(x), batch):
            totals = one(params, totals, x[i : i + batch], y[i : i + batch])
        return float(totals[0]) / (len(x) // batch)

    return run


def predict(batch: int, rows: int | None = None, times: int = 1) -> Callable[[], float]:
    x = data.load("mlp")[0][:rows]
    params = mlp_init()
    forward = jax.jit(mlp_apply)

    def run() -> float:
        for _ in range(times):
            parts = [forward(params, x[i : i + batch]) for i in range(0, len(x), batch)]
            result = np.concatenate([np.asarray(part) for part in parts])
        return float(np.abs(result).mean())

    return run


def first_step() -> Callable[[], float]:
    x, y = data.load("mlp")
    width = [63]

    def run() -> float:
        width[0] += 1
        sizes = (784, width[0], data.CLASSES)
        rng = np.random.default_rng(0)
        params = [
            {"w": jnp.asarray(0.01 * rng.standard_normal((n, m), np.float32)), "b": jnp.zeros(m)}
            for n, m in itertools.pairwise(sizes)
        ]
        step = jax.jit(step_of(mlp_apply), donate_argnums=0)
        jax.block_until_ready(step((params, OPTIMIZER.init(params), _no_metrics()), x[:64], y[:64]))
        return 0.0

    return run


def loop(batch: int) -> Callable[[], float]:
    x, y = data.load("mlp")
    params = mlp_init()
    holder = [(params, OPTIMIZER.init(params), _no_metrics())]
    batches = [(jnp.asarray(x[i : i + batch]), jnp.asarray(y[i : i + batch])) for i in range(0, 100 * batch, batch)]
    update = step_of(mlp_apply)

    @functools.partial(jax.jit, donate_argnums=0)
    def step(state: Any, xs: jax.Array, ys: jax.Array) -> Any:
        loss = loss_and_logits(mlp_apply, state[0], xs, ys)[0]  # XLA computes it once
        return update(state, xs, ys), loss

    def run() -> float:
        for one in batches:
            holder[0], loss = step(holder[0], *one)
        return float(loss)

    return run


def call(variables: int) -> Callable[[], float]:
    holder = [[jnp.zeros(8, jnp.float32) for _ in range(variables)]]
    one = jnp.ones(8, jnp.float32)

    @functools.partial(jax.jit, donate_argnums=0)
    def add(held: list[jax.Array], x: jax.Array) -> Any:
        return [value + x for value in held], x.sum()

    def run() -> float:
        for _ in range(100):
            holder[0], total = add(holder[0], one)
        return float(total)

    return run


def traced(network: str) -> Callable[[], float]:
    x, y = data.load(network)
    init, apply = NETWORKS[network]
    params = init()
    holder = [(params, OPTIMIZER.init(params), _no_metrics())]
    images, labels = jnp.asarray(x[:64]), jnp.asarray(y[:64])
    update = step_of(apply)

    def run() -> float:
        def step(state: Any, xs: jax.Array, ys: jax.Array) -> Any:  # a function that nothing has compiled before
            return update(state, xs, ys), loss_and_logits(apply, state[0], xs, ys)[0]

        holder[0], loss = jax.jit(step, donate_argnums=0)(holder[0], images, labels)
        return float(loss)

    return run


def eager_op() -> Callable[[], float]:
    x = jnp.ones(64, jnp.float32)

    def run() -> float:
        value = x
        for _ in range(1000):
            value = value + x
        return float(value[0])

    return run


def _both(network: str, batch: int) -> dict[str, Callable[[], Callable[[], float]]]:
    return {"loop": lambda: fit(network, batch, scan=False), "scan": lambda: fit(network, batch, scan=True)}


#: workload → variants; the faster one is the limit
WORKLOADS: dict[str, dict[str, Callable[[], Callable[[], float]]]] = {
    **{name: _both("mlp", 64) for name in ("mlp_64", "mlp_64_progress", "train_step", "dataset")},
    "mlp_1024": _both("mlp", 1024),
    "cnn": {"loop": lambda: fit("cnn", 128, scan=False)},  # XLA's CPU convolutions are ten times slower in a scan
    "lstm": _both("lstm", 64),
    "transformer": _both("transformer", 64),
    "evaluate": {"loop": lambda: evaluate(64)},
    "predict": {"loop": lambda: predict(64)},
    "predict_row": {"loop": lambda: predict(64, 1, 100)},
    "call_row": {"loop": lambda: predict(64, 1, 100)},
    "first_step": {"loop": first_step},
    "eager_loop": {"loop": lambda: loop(64)},
    "function_loop": {"loop": lambda: loop(64)},
    "eager_op": {"loop": eager_op},
    "call_2": {"loop": lambda: call(2)},
    "call_200": {"loop": lambda: call(200)},
    **{f"trace_{network}": {"loop": functools.partial(traced, network)} for network in NETWORKS},
}
