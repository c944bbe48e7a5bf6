"""Blocks of space moved into the batch or the channels, and back; patches of volumes."""

from __future__ import annotations

import itertools
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.array_ops._known import concrete, invalid
from kerax.core import dtypes
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor


@op("input", name="SpaceToBatchND")
def _space_to_batch(input, block_shape, paddings):
    count = len(block_shape)
    x = jnp.pad(input, ((0, 0),) + paddings + ((0, 0),) * (input.ndim - 1 - count))
    inner = []
    for size, block in zip(x.shape[1:], block_shape, strict=False):
        inner += [size // block, block]
    rest = x.shape[1 + count :]
    x = x.reshape((x.shape[0], *inner, *rest))
    order = [2 * i + 2 for i in range(count)] + [0] + [2 * i + 1 for i in range(count)]
    order += range(1 + 2 * count, x.ndim)
    x = x.transpose(order)
    return x.reshape((-1 if 0 not in x.shape else int(np.prod(x.shape[: count + 1])),) + x.shape[count + 1 :])


def _block(block_shape: Any, input_rank: int, what: str) -> tuple[int, ...]:
    block = concrete(block_shape, "block_shape")
    if block.ndim != 1:
        raise invalid(f"block_shape rank should be 1 instead of {block.ndim} [Op:{what}]")
    if input_rank < 1 + block.size:
        raise invalid(f"input rank should be >= {1 + block.size} instead of {input_rank} [Op:{what}]")
    if block.size and block.min() < 1:
        raise invalid(f"All values in block_shape must be positive, got {block.tolist()} [Op:{what}]")
    return tuple(block.tolist())


def _pairs(values: Any, count: int, name: str, what: str) -> tuple[tuple[int, int], ...]:
    array = concrete(values, name)
    if array.shape != (count, 2):
        raise invalid(f"{name} should have shape [{count}, 2] instead of {list(array.shape)} [Op:{what}]")
    if array.size and array.min() < 0:
        raise invalid(f"{name} must be non-negative, got {array.tolist()} [Op:{what}]")
    return tuple((int(a), int(b)) for a, b in array)


@composed
def space_to_batch_nd(input: Any, block_shape: Any, paddings: Any, name: str | None = None) -> Any:
    """Moves blocks of the space dimensions into the batch.

    Args:
      input: tensor [batch, space_1 … space_m, …].
      block_shape: int [m], sizes of the blocks.
      paddings: int [m, 2], zeros added before and after each space dimension first.
      name: ignored.

    Returns:
      Tensor [batch * prod(block_shape), padded_1 / block_1 …, …].

    Raises:
      InvalidArgumentError: a padded dimension is not a multiple of its block.

    >>> import kerax as tf
    >>> tf.space_to_batch_nd([[[[1], [2]], [[3], [4]]]], [2, 2], [[0, 0], [0, 0]]).shape
    TensorShape([4, 1, 1, 1])
    """
    x = convert_to_tensor(input)
    block = _block(block_shape, x.shape.rank, "SpaceToBatchND")
    pads = _pairs(paddings, len(block), "paddings", "SpaceToBatchND")
    for i, (size, pad, step) in enumerate(zip(x._value.shape[1:], pads, block, strict=False)):
        if (size + sum(pad)) % step:
            raise invalid(
                f"padded_shape[{i}]={size + sum(pad)} is not divisible by block_shape[{i}]={step} [Op:SpaceToBatchND]"
            )
    return _space_to_batch(x, block, pads)


def space_to_batch(input: Any, block_shape: Any, paddings: Any, name: str | None = None) -> Any:
    """Moves blocks of the space dimensions into the batch; the same as ``tf.space_to_batch_nd``."""
    return space_to_batch_nd(input, block_shape, paddings)


@op("input", name="BatchToSpaceND")
def _batch_to_space(input, block_shape, crops):
    count = len(block_shape)
    batch = input.shape[0] // int(np.prod(block_shape))
    x = input.reshape(block_shape + (batch,) + input.shape[1:])
    order = [count]
    for i in range(count):
        order += [count + 1 + i, i]
    order += range(2 * count + 1, x.ndim)
    x = x.transpose(order)
    space = [a * b for a, b in zip(input.shape[1:], block_shape, strict=False)]
    x = x.reshape((batch, *space, *input.shape[1 + count :]))
    index = tuple(slice(a, size - b) for (a, b), size in zip(crops, space, strict=True))
    return x[(slice(None), *index)]


@composed
def batch_to_space(input: Any, block_shape: Any, crops: Any, name: str | None = None) -> Any:
    """Moves the batch back into blocks of the space dimensions: undoes ``tf.space_to_batch``.

    Args:
      input: tensor [batch * prod(block_shape), space_1 … space_m, …].
      block_shape: int [m], sizes of the blocks (one int stands for [b, b]).
      crops: int [m, 2], elements removed before and after each space dimension at last.
      name: ignored.

    Returns:
      Tensor [batch, space_1 * block_1 - crops …, …].

    >>> import kerax as tf
    >>> tf.batch_to_space(tf.ones([4, 1, 1, 1]), [2, 2], [[0, 0], [0, 0]]).shape
    TensorShape([1, 2, 2, 1])
    """
    x = convert_to_tensor(input)
    if isinstance(block_shape, int):
        block_shape = [block_shape, block_shape]
    block = _block(block_shape, x.shape.rank, "BatchToSpaceND")
    cut = _pairs(crops, len(block), "crops", "BatchToSpaceND")
    if x._value.shape[0] % int(np.prod(block)):
        raise invalid(
            f"Input batch dimension ({x._value.shape[0]}) is not divisible by product of block sizes "
            f"({int(np.prod(block))}) [Op:BatchToSpaceND]"
        )
    for i, (size, pair, step) in enumerate(zip(x._value.shape[1:], cut, block, strict=False)):
        if sum(pair) > size * step:
            raise invalid(f"cropped_shape[{i}]={size * step - sum(pair)} must be non-negative [Op:BatchToSpaceND]")
    return _batch_to_space(x, block, cut)


def required_space_to_batch_paddings(
    input_shape: Any, block_shape: Any, base_paddings: Any = None, name: str | None = None
) -> tuple[Any, Any]:
    """The paddings that make every dimension a multiple of its block.

    Args:
      input_shape: int [n].
      block_shape: int [n].
      base_paddings: int [n, 2], the least paddings; zeros by default.
      name: ignored.

    Returns:
      (paddings, crops), int32 [n, 2] each, for ``space_to_batch`` and ``batch_to_space``.

    >>> import kerax as tf
    >>> tf.required_space_to_batch_paddings([5], [2])[0].numpy().tolist()
    [[0, 1]]
    """
    shape, block = concrete(input_shape, "input_shape"), concrete(block_shape, "block_shape")
    if block.size == 0:
        return convert_to_tensor(np.zeros([0, 2], np.int32)), convert_to_tensor(np.zeros([0, 2], np.int32))
    base = np.zeros([block.size, 2], np.int32) if base_paddings is None else concrete(base_paddings, "base_paddings")
    extra = -(shape + base.sum(1)) % block
    paddings = np.stack([base[:, 0], base[:, 1] + extra], 1).astype(np.int32)
    crops = np.stack([np.zeros_like(extra), extra], 1).astype(np.int32)
    return convert_to_tensor(paddings), convert_to_tensor(crops)


def _channels_last(x: Any, data_format: str) -> Any:
    if data_format == "NHWC":
        return x
    if data_format == "NCHW":
        return jnp.moveaxis(x, 1, -1)
    raise invalid(f"data_format must be NHWC or NCHW, got {data_format}")


@op("input")
def space_to_depth(input, block_size, data_format="NHWC", name=None):
    """Moves blocks of space into the channels.

    Args:
      input: tensor [batch, height, width, channels] (or as ``data_format`` says).
      block_size: int >= 2.
      data_format: ``"NHWC"`` or ``"NCHW"``.
      name: ignored.

    Returns:
      Tensor [batch, height / block, width / block, channels * block²].

    Raises:
      InvalidArgumentError: height or width is not a multiple of the block (ValueError in a trace).

    >>> import kerax as tf
    >>> tf.nn.space_to_depth(tf.ones([1, 2, 2, 1]), 2).shape
    TensorShape([1, 1, 1, 4])
    """
    if input.ndim != 4:
        raise invalid(f"input rank must be 4 but was {input.ndim} [Op:SpaceToDepth]")
    if block_size <= 1:
        raise invalid(f"Block size should be > 1: {block_size} [Op:SpaceToDepth]")
    x = _channels_last(input, data_format)
    n, h, w, c = x.shape
    if h % block_size or w % block_size:
        raise invalid(f"Image width {w} and height {h} should be divisible by block_size: {block_size}")
    b = block_size
    x = x.reshape(n, h // b, b, w // b, b, c).transpose(0, 1, 3, 2, 4, 5).reshape(n, h // b, w // b, b * b * c)
    return x if data_format == "NHWC" else jnp.moveaxis(x, -1, 1)


@op("input")
def depth_to_space(input, block_size, data_format="NHWC", name=None):
    """Moves channels into blocks of space: undoes ``space_to_depth``.

    Args:
      input: tensor [batch, height, width, channels] (or as ``data_format`` says).
      block_size: int >= 2.
      data_format: ``"NHWC"`` or ``"NCHW"``.
      name: ignored.

    Returns:
      Tensor [batch, height * block, width * block, channels / block²].

    Raises:
      InvalidArgumentError: the channels are not a multiple of block² (ValueError in a trace).

    >>> import kerax as tf
    >>> tf.nn.depth_to_space(tf.ones([1, 1, 1, 4]), 2).shape
    TensorShape([1, 2, 2, 1])
    """
    if input.ndim != 4:
        raise invalid(f"input rank must be 4 but was {input.ndim} [Op:DepthToSpace]")
    if block_size <= 1:
        raise invalid(f"Block size should be > 1: {block_size} [Op:DepthToSpace]")
    x = _channels_last(input, data_format)
    n, h, w, c = x.shape
    b = block_size
    if c % (b * b):
        raise invalid(f"Input depth dimension {c} should be divisible by: {b * b} [Op:DepthToSpace]")
    x = x.reshape(n, h, w, b, b, c // (b * b)).transpose(0, 1, 3, 2, 4, 5).reshape(n, h * b, w * b, c // (b * b))
    return x if data_format == "NHWC" else jnp.moveaxis(x, -1, 1)


@op("input: float int")
def extract_volume_patches(input, ksizes, strides, padding, name=None):
    """Patches of volumes, laid out along the channels.

    Args:
      input: tensor [batch, depth, height, width, channels].
      ksizes: int [5], sizes of the patches: [1, kd, kh, kw, 1].
      strides: int [5], steps between patches: [1, sd, sh, sw, 1].
      padding: ``"VALID"`` or ``"SAME"``.
      name: ignored.

    Returns:
      Tensor [batch, patches along depth, height, width, kd * kh * kw * channels].

    >>> import kerax as tf
    >>> tf.extract_volume_patches(tf.ones([1, 2, 2, 2, 1]), [1, 2, 2, 2, 1], [1] * 5, "VALID").shape
    TensorShape([1, 1, 1, 1, 8])
    """
    if len(ksizes) != 5 or len(strides) != 5 or input.ndim != 5:
        raise invalid("extract_volume_patches needs a tensor, ksizes and strides of 5 dimensions")
    sizes, steps = ksizes[1:4], strides[1:4]
    pads, counts = [], []
    for size, kernel, step in zip(input.shape[1:4], sizes, steps, strict=True):
        if padding.upper() == "SAME":
            count = -(-size // step)
            total = max((count - 1) * step + kernel - size, 0)
        elif padding.upper() == "VALID":
            count, total = -(-(size - kernel + 1) // step), 0
        else:
            raise invalid(f"padding must be SAME or VALID, got {padding}")
        counts.append(count)
        pads.append((total // 2, total - total // 2))
    x = jnp.pad(input, ((0, 0), *pads, (0, 0)))
    parts = []
    for offset in itertools.product(*[range(k) for k in sizes]):
        ends = [o + (n - 1) * s + 1 for o, n, s in zip(offset, counts, steps, strict=True)]
        start, stop = (0, *offset, 0), (x.shape[0], *ends, x.shape[4])
        parts.append(lax.slice(x, start, stop, (1, *steps, 1)))
    return jnp.concatenate(parts, axis=-1)


@op("indices, dims: int", name="UnravelIndex", differentiable=False)
def _unravel(indices, dims):
    out, rest = [], indices
    for i in reversed(range(dims.shape[0])):
        out.append(rest % dims[i])
        rest = rest // dims[i]
    return jnp.stack(out[::-1]).astype(indices.dtype)


def unravel_index(indices: Any, dims: Any, name: str | None = None) -> Any:
    """Coordinates of flat indices.

    Args:
      indices: int scalar or [n], flat indices.
      dims: int [k], the shape they index.
      name: ignored.

    Returns:
      int Tensor [k] or [k, n].

    Raises:
      InvalidArgumentError: an index is out of range.

    >>> import kerax as tf
    >>> tf.unravel_index([5], [3, 4]).numpy().tolist()
    [[1], [1]]
    """
    flat = convert_to_tensor(indices)
    shape = convert_to_tensor(dims, None if hasattr(dims, "dtype") else flat.dtype)
    if flat.shape.rank > 1:
        raise invalid("The indices can only be scalar or vector. [Op:UnravelIndex]")
    if not isinstance(indices, (int, list)) or flat.dtype is dtypes.int64 or not flat._is_symbolic():
        sizes = concrete(shape, "dims")
        if not flat._is_symbolic() and np.asarray(flat._value).max(initial=0) >= int(np.prod(sizes, dtype=np.int64)):
            raise invalid("index is out of bound as with dims [Op:UnravelIndex]")
    return _unravel(flat, shape)
