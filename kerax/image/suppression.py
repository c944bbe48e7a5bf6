"""Non-maximum suppression: of boxes that overlap, the best remains."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.image._shape import integer

_BLOCK = 64  # boxes that are compared at once


class CombinedNonMaxSuppression(NamedTuple):
    """The result of ``tf.image.combined_non_max_suppression``."""

    nmsed_boxes: Any
    nmsed_scores: Any
    nmsed_classes: Any
    valid_detections: Any


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def _ordered(boxes: Any, xp: Any) -> Any:
    """Boxes as least and greatest corners: y1, x1, y2, x2."""
    low, high = xp.minimum(boxes[..., :2], boxes[..., 2:]), xp.maximum(boxes[..., :2], boxes[..., 2:])
    return xp.concatenate([low, high], axis=-1)


def _areas(boxes: Any) -> Any:
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])


def _overlap(one: Any, many: Any, xp: Any) -> Any:
    """Intersection over union of boxes whose shapes broadcast, 0 for boxes without area."""
    side = xp.maximum(xp.minimum(one[..., 2:], many[..., 2:]) - xp.maximum(one[..., :2], many[..., :2]), 0)
    common = side[..., 0] * side[..., 1]
    own, areas = _areas(one), _areas(many)
    total = own + areas - common
    real = (areas > 0) & (own > 0)
    return xp.where(real, common / xp.where(real, total, 1), 0)


def _select(
    similarity: Callable[[np.ndarray, np.ndarray], np.ndarray],
    scores: np.ndarray,
    limit: int,
    threshold: float,
    lowest: float,
) -> list[int]:
    """Indices of the best, each unlike all before it.

    ``similarity(a, b)`` compares all of ``a`` with all of ``b``: float [len(b), len(a)]. Only blocks are compared, in
    the order of their scores, for the best few may be all that is wanted.
    """
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] > lowest]
    chosen: list[int] = []
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        if chosen:
            block = block[~(similarity(np.asarray(chosen), block) > threshold).any(1)]
        alike = similarity(block, block) > threshold
        alive = np.ones(len(block), bool)
        for place, index in enumerate(block):
            if len(chosen) >= limit:
                return chosen
            if alive[place]:
                chosen.append(int(index))
                alive &= ~alike[:, place]
    return chosen


def _by_overlap(boxes: np.ndarray) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return lambda some, others: _overlap(boxes[some], boxes[others, None], np)


def _select_softly(
    boxes: np.ndarray, scores: np.ndarray, limit: int, lowest: float, sigma: float
) -> tuple[list[int], list[float]]:
    """Selection where overlap lowers a score, instead of ending it."""
    queue = [(-float(score), index, 0) for index, score in enumerate(scores) if score > lowest]
    heapq.heapify(queue)
    chosen: list[int] = []
    values: list[float] = []
    while queue and len(chosen) < limit:
        negative, index, seen = heapq.heappop(queue)
        score = original = np.float32(-negative)
        for other in reversed(chosen[seen:]):
            likeness = float(_overlap(boxes[other], boxes[index : index + 1], np)[0])
            score = np.float32(score * np.float32(math.exp(-0.5 / sigma * likeness * likeness)))
            if score <= lowest:
                break
        if score == original:
            chosen.append(index)
            values.append(float(score))
        elif score > lowest:
            heapq.heappush(queue, (-float(score), index, len(chosen)))
    return chosen, values


def _check(boxes: np.ndarray, scores: np.ndarray, limit: Any, threshold: float) -> None:
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise _invalid(f"boxes must be a matrix with 4 columns, got shape {list(boxes.shape)}")
    if scores.shape != boxes.shape[:1]:
        raise _invalid(f"scores has incompatible shape: {list(scores.shape)} for {boxes.shape[0]} boxes")
    if not 0 <= threshold <= 1:
        raise _invalid("iou_threshold must be in [0, 1]")
    if limit < 0:
        raise _invalid("output size must be non-negative")


@op(
    "boxes, scores: float; max_output_size: int; iou_threshold, score_threshold: float", host=True, differentiable=False
)
def _suppress(boxes, scores, max_output_size, iou_threshold, score_threshold):
    _check(boxes, scores, max_output_size, iou_threshold)
    ordered = _ordered(boxes.astype(np.float32), np)
    chosen = _select(
        _by_overlap(ordered),
        scores.astype(np.float32),
        int(max_output_size),
        float(iou_threshold),
        float(score_threshold),
    )
    return np.asarray(chosen, np.int32)


@composed
def non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    name: str | None = None,
) -> Any:
    """The best boxes of which no two overlap much.

    Args:
      boxes: float tensor [boxes, 4]: y1, x1, y2, x2, corners in any order.
      scores: float tensor [boxes].
      max_output_size: int, how many boxes to return at most.
      iou_threshold: float in [0, 1]; boxes with a larger intersection over union overlap too much.
      score_threshold: float; boxes with a score of at most that are left out.
      name: str, optional.

    Returns:
      int32 Tensor [selected], indices of boxes, the best first.

    Raises:
      InvalidArgumentError: shapes do not fit, or a number is out of range.

    >>> import kerax as tf
    >>> boxes = [[0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 0.9], [2.0, 2.0, 3.0, 3.0]]
    >>> tf.image.non_max_suppression(boxes, [0.7, 0.9, 0.8], 3).numpy()
    array([1, 2], dtype=int32)
    """
    boxes = convert_to_tensor(boxes)
    return _suppress(boxes, scores, max_output_size, iou_threshold, score_threshold)


@op("boxes, scores: float; size: int; iou, lowest, sigma: float", host=True, differentiable=False)
def _suppress_scored(boxes, scores, size, iou, lowest, sigma):
    _check(boxes, scores, size, iou)
    if sigma < 0:
        raise _invalid("soft_nms_sigma must be non-negative")
    ordered = _ordered(boxes.astype(np.float32), np)
    flat = scores.astype(np.float32)
    if sigma > 0:
        chosen, values = _select_softly(ordered, flat, int(size), float(lowest), float(sigma))
    else:
        chosen = _select(_by_overlap(ordered), flat, int(size), float(iou), float(lowest))
        values = flat[chosen] if chosen else []
    return np.asarray(chosen, np.int32), np.asarray(values, np.float32).astype(scores.dtype)


@composed
def non_max_suppression_with_scores(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    soft_nms_sigma: Any = 0.0,
    name: str | None = None,
) -> Any:
    """``tf.image.non_max_suppression`` with scores, which overlap may lower instead of ending a box.

    Args:
      boxes: float tensor [boxes, 4]: y1, x1, y2, x2, corners in any order.
      scores: float tensor [boxes].
      max_output_size: int, how many boxes to return at most.
      iou_threshold: float in [0, 1]; boxes with a larger intersection over union are left out.
      score_threshold: float; boxes with a score of at most that are left out.
      soft_nms_sigma: float; above 0, a score is multiplied by ``exp(-iou² / (2 sigma))`` for every selected box.
      name: str, optional.

    Returns:
      (int32 Tensor [selected], indices of boxes; float Tensor [selected], their scores).

    Source: https://arxiv.org/abs/1704.04503

    >>> import kerax as tf
    >>> boxes = [[0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 0.9], [2.0, 2.0, 3.0, 3.0]]
    >>> tf.image.non_max_suppression_with_scores(boxes, [0.7, 0.9, 0.8], 3)[1].numpy()
    array([0.9, 0.8], dtype=float32)
    """
    boxes = convert_to_tensor(boxes)
    return _suppress_scored(boxes, scores, max_output_size, iou_threshold, score_threshold, soft_nms_sigma)


@op("overlaps, scores: float; size: int; limit, lowest: float", host=True, differentiable=False)
def _suppress_given(overlaps, scores, size, limit, lowest):
    if overlaps.ndim != 2 or overlaps.shape[0] != overlaps.shape[1]:
        raise _invalid(f"overlaps must be square, got shape {list(overlaps.shape)}")
    if scores.shape != overlaps.shape[:1]:
        raise _invalid("scores has incompatible shape")
    chosen = _select(
        lambda some, others: overlaps[np.ix_(others, some)], scores, int(size), float(limit), float(lowest)
    )
    return np.asarray(chosen, np.int32)


@composed
def non_max_suppression_overlaps(
    overlaps: Any,
    scores: Any,
    max_output_size: Any,
    overlap_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    name: str | None = None,
) -> Any:
    """The best of things of which no two overlap much.

    Args:
      overlaps: float tensor [n, n].
      scores: float tensor [n].
      max_output_size: int, how many to return at most.
      overlap_threshold: float, the greatest overlap allowed.
      score_threshold: float; things with a score of at most that are left out.
      name: str, optional.

    Returns:
      int32 Tensor [selected], indices, the best first.

    >>> import kerax as tf
    >>> tf.image.non_max_suppression_overlaps([[1.0, 0.9], [0.9, 1.0]], [0.1, 0.2], 2).numpy()
    array([1], dtype=int32)
    """
    return _suppress_given(overlaps, scores, max_output_size, overlap_threshold, score_threshold)


def _overlap_as_given(one: Any, many: Any) -> Any:
    """Intersection over union where corners are taken to be in order."""
    side = jnp.maximum(jnp.minimum(one[2:], many[:, 2:]) - jnp.maximum(one[:2], many[:, :2]), 0)
    common = side[:, 0] * side[:, 1]
    return common / (_areas(one) + _areas(many) - common + 1e-8)


def _ordered_by_first(boxes: Any) -> Any:
    """All boxes with corners exchanged along an axis if the first box needs it, as TensorFlow has it."""
    low, high = boxes[..., :2], boxes[..., 2:]
    fine = low[0, 0] <= high[0, 0]
    return jnp.concatenate([jnp.where(fine, low, high), jnp.where(fine, high, low)], axis=-1)


def _greedy(boxes: Any, scores: Any, usable: Any, limit: int, threshold: Any, inclusive: bool) -> tuple[Any, Any]:
    """(indices ``int32[limit]``, how many of them are selected) for boxes with ordered corners."""

    def pick(step: Any, carry: Any) -> Any:
        chosen, alive, count = carry
        best = jnp.argmax(jnp.where(alive, scores, -jnp.inf))
        any_left = jnp.any(alive)
        if inclusive:
            close = _overlap_as_given(boxes[best], boxes) >= threshold
        else:
            close = _overlap(boxes[best], boxes, jnp) > threshold
        alive = alive & ~close & (jnp.arange(scores.shape[0]) != best)
        return chosen.at[step].set(jnp.where(any_left, best, 0).astype(jnp.int32)), alive, count + any_left

    start = jnp.zeros(limit, jnp.int32), usable, jnp.int32(0)
    chosen, _, count = jax.lax.fori_loop(0, limit, pick, start)
    return chosen, count


@op("boxes: float int; scores: float; iou_threshold, score_threshold: float", differentiable=False)
def _padded(boxes, scores, iou_threshold, score_threshold, limit, in_order, canonical):
    lead = boxes.shape[:-2]
    flat = boxes.reshape(-1, *boxes.shape[-2:]).astype(jnp.float32)
    flat = flat if canonical else _ordered_by_first(flat)
    values = scores.reshape(-1, scores.shape[-1]).astype(jnp.float32)
    usable = (values > score_threshold) & jnp.any(flat > 0, axis=-1)
    rank = jnp.broadcast_to(-jnp.arange(values.shape[1], dtype=jnp.float32), values.shape) if in_order else values
    run = jax.vmap(lambda b, s, u: _greedy(b, s, u, limit, iou_threshold, True))
    chosen, count = run(flat, rank, usable)
    return chosen.reshape(*lead, limit), count.reshape(lead)


@composed
def non_max_suppression_padded(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    pad_to_max_output_size: bool = False,
    name: str | None = None,
    sorted_input: bool = False,
    canonicalized_coordinates: bool = False,
    tile_size: int = 512,
) -> Any:
    """``tf.image.non_max_suppression`` for batches, with a result of a fixed size, which can be compiled.

    Args:
      boxes: float tensor [..., boxes, 4]: y1, x1, y2, x2; corners are in the order that the first box has.
      scores: float tensor [..., boxes].
      max_output_size: int, how many boxes to return.
      iou_threshold: float in [0, 1]; boxes with at least that intersection over union overlap too much.
      score_threshold: float; boxes with a score of at most that are left out.
      pad_to_max_output_size: bool, whether the result is padded with 0; required for batches.
      name: str, optional.
      sorted_input: bool, whether boxes come with the best first; they are then taken in that order.
      canonicalized_coordinates: bool, whether y1 <= y2 and x1 <= x2.
      tile_size: int, a hint that the result does not depend on.

    Returns:
      (int32 Tensor [..., max_output_size], indices of boxes; int32 Tensor [...], how many of them are valid).

    Raises:
      ValueError: a batch whose result is not to be padded.

    >>> import kerax as tf
    >>> boxes = [[0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 0.9], [2.0, 2.0, 3.0, 3.0]]
    >>> tf.image.non_max_suppression_padded(boxes, [0.7, 0.9, 0.8], 3, pad_to_max_output_size=True)[0].numpy()
    array([1, 2, 0], dtype=int32)
    """
    boxes = convert_to_tensor(boxes)
    if not pad_to_max_output_size and boxes.shape.rank > 2:
        raise ValueError(f"'pad_to_max_output_size' (value {pad_to_max_output_size}) must be True for batched input")
    limit = integer(max_output_size, "max_output_size")
    chosen, count = _padded(
        boxes, scores, iou_threshold, score_threshold, limit, bool(sorted_input), bool(canonicalized_coordinates)
    )
    return (chosen, count) if pad_to_max_output_size else (chosen[:count], count)


@op("boxes, scores: float; iou_threshold: float; score_threshold: float", differentiable=False)
def _combined(boxes, scores, iou_threshold, score_threshold, per_class, total, size, clip):
    classes = scores.shape[2]
    limit = min(per_class, boxes.shape[1])

    def one_class(own: Any, values: Any) -> tuple[Any, Any]:
        ordered = _ordered(own, jnp)
        chosen, count = _greedy(ordered, values, values > score_threshold, limit, iou_threshold, False)
        real = jnp.arange(limit) < count
        return own[chosen], jnp.where(real, values[chosen], -jnp.inf)

    def one_image(image_boxes: Any, values: Any) -> Any:
        spread = jnp.broadcast_to(image_boxes, (image_boxes.shape[0], classes, 4))
        found, ranked = jax.vmap(one_class, in_axes=(1, 1))(spread, values)
        found, ranked = found.reshape(-1, 4), ranked.reshape(-1)
        best, place = jax.lax.top_k(ranked, min(size, ranked.shape[0]))
        real = best > -jnp.inf
        out = jnp.where(real[:, None], found[place], 0)
        out = jnp.clip(out, 0, 1) if clip else out
        labels = jnp.where(real, (place // limit).astype(jnp.float32), 0)
        pad = size - best.shape[0]
        return (
            jnp.pad(out, ((0, pad), (0, 0))),
            jnp.pad(jnp.where(real, best, 0), (0, pad)),
            jnp.pad(labels, (0, pad)),
            jnp.sum(real, dtype=jnp.int32),
        )

    return CombinedNonMaxSuppression(*jax.vmap(one_image)(boxes, scores))


@composed
def combined_non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size_per_class: Any,
    max_total_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    pad_per_class: bool = False,
    clip_boxes: bool = True,
    name: str | None = None,
) -> CombinedNonMaxSuppression:
    """Non-maximum suppression of each class of each image, and the best boxes of all classes.

    Args:
      boxes: float32 tensor [batch, boxes, 1 or classes, 4]: y1, x1, y2, x2, shared by the classes or not.
      scores: float32 tensor [batch, boxes, classes].
      max_output_size_per_class: int, how many boxes of a class to keep at most.
      max_total_size: int, how many boxes of an image to keep at most.
      iou_threshold: float in [0, 1]; boxes with a larger intersection over union overlap too much.
      score_threshold: float; boxes with a score of at most that are left out.
      pad_per_class: bool, whether the result is no larger than ``max_output_size_per_class * classes``.
      clip_boxes: bool, whether to clip coordinates to [0, 1].
      name: str, optional.

    Returns:
      ``(nmsed_boxes, nmsed_scores, nmsed_classes, valid_detections)``: float32 [batch, size, 4],
      [batch, size], [batch, size], padded with 0, and int32 [batch].

    Raises:
      InvalidArgumentError: shapes do not fit, or a number is out of range.

    >>> import kerax as tf
    >>> boxes = tf.constant([[[[0.0, 0.0, 1.0, 1.0]], [[0.0, 0.0, 1.0, 0.9]]]])
    >>> tf.image.combined_non_max_suppression(boxes, [[[0.7], [0.9]]], 2, 2).valid_detections.numpy()
    array([1], dtype=int32)
    """
    boxes, scores = convert_to_tensor(boxes), convert_to_tensor(scores)
    per_class, total = int(static(max_output_size_per_class, "size")), int(static(max_total_size, "size"))
    if boxes.shape.rank != 4 or boxes.shape[3] != 4:
        raise _invalid(f"boxes must have shape [batch, boxes, q, 4], got {boxes.shape}")
    if scores.shape.rank != 3 or tuple(scores.shape)[:2] != tuple(boxes.shape)[:2]:
        raise _invalid(f"scores has incompatible shape: {scores.shape}")
    if boxes.shape[2] not in (1, scores.shape[2]):
        raise _invalid("third dimension of boxes must be either 1 or num classes")
    if per_class <= 0 or total <= 0:
        raise _invalid("max_size_per_class and max_total_size must be > 0")
    size = min(total, per_class * scores.shape[2]) if pad_per_class else total
    return _combined(boxes, scores, iou_threshold, score_threshold, per_class, total, size, bool(clip_boxes))
