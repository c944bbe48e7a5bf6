"""Boxes drawn on images, and boxes drawn at random."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import composed, op, static
from kerax.core.random_state import next_key
from kerax.core.tensor import convert_to_tensor
from kerax.random import philox
from kerax.random.draws import scrambled


class DistortedBoundingBox(NamedTuple):
    """Where a crop begins, how large it is, and the same as a box in parts of the image."""

    begin: Any
    size: Any
    bboxes: Any


_COLOURS = (
    (1, 1, 0, 1), (0, 0, 1, 1), (1, 0, 0, 1), (0, 1, 0, 1), (0.5, 0, 0.5, 1),
    (0.5, 0.5, 0, 1), (0.5, 0, 0, 1), (0, 0, 0.5, 1), (0, 1, 1, 1), (1, 0, 1, 1),
)  # fmt: skip


@op("images: float; boxes: float; colors: float")
def _draw(images, boxes, colors):
    batch, height, width, depth = images.shape
    rows, columns = jnp.arange(height)[:, None], jnp.arange(width)[None, :]
    scale = jnp.array([height - 1, width - 1, height - 1, width - 1], jnp.float32)
    corners = (boxes * scale).astype(jnp.int32)

    def draw(index: Any, image: Any, own: Any) -> Any:
        top, left, bottom, right = own[index]
        visible = (top <= bottom) & (left <= right) & (top < height) & (bottom >= 0) & (left < width) & (right >= 0)
        across = (columns >= left) & (columns <= right)
        down = (rows >= top) & (rows <= bottom)
        edge = (((rows == top) | (rows == bottom)) & across) | (((columns == left) | (columns == right)) & down)
        colour = colors[index % colors.shape[0], :depth].astype(image.dtype)
        return jnp.where((edge & visible)[:, :, None], colour, image)

    def one(image: Any, own: Any) -> Any:
        return jax.lax.fori_loop(0, own.shape[0], lambda index, value: draw(index, value, own), image)

    return jax.vmap(one)(images, corners) if boxes.shape[1] else images


@composed
def draw_bounding_boxes(images: Any, boxes: Any, colors: Any, name: str | None = None) -> Any:
    """Images with the outlines of boxes.

    Args:
      images: float tensor [batch, height, width, depth], of depth 1, 3 (RGB) or 4 (RGBA).
      boxes: float32 tensor [batch, boxes, 4]: y1, x1, y2, x2 in [0, 1].
      colors: float tensor [colors, at least depth], used in turn; None for ten colours of TensorFlow's.
      name: str, optional.

    Returns:
      Tensor like ``images``.

    Raises:
      InvalidArgumentError: shapes do not fit.

    >>> import kerax as tf
    >>> tf.image.draw_bounding_boxes(tf.zeros([1, 3, 3, 1]), [[[0.0, 0.0, 1.0, 1.0]]], [[1.0]]).numpy()[0, :, :, 0]
    array([[1., 1., 1.],
           [1., 0., 1.],
           [1., 1., 1.]], dtype=float32)
    """
    images, boxes = convert_to_tensor(images), convert_to_tensor(boxes, dtypes.float32)
    if images.shape.rank != 4:
        raise errors.InvalidArgumentError(None, None, "The rank of the images should be 4")
    if boxes.shape.rank != 3 or boxes.shape[2] != 4:
        raise errors.InvalidArgumentError(None, None, "The rank of the boxes tensor should be 3")
    if boxes.shape[0] != images.shape[0]:
        raise errors.InvalidArgumentError(None, None, "The batch sizes should be the same")
    depth = images.shape[3]
    if depth not in (1, 3, 4):
        raise errors.InvalidArgumentError(None, None, "Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA)")
    if colors is None:
        colors = np.array(_COLOURS, np.float32)
        if depth == 1:
            colors[:, 0] = 1
    colors = convert_to_tensor(colors, dtype_hint=dtypes.float32)
    if colors.shape.rank != 2 or colors.shape[1] < depth:
        raise errors.InvalidArgumentError(
            None, None, f"colors must be a 2-D matrix with at least {depth} columns, got shape {colors.shape}"
        )
    return _draw(images, boxes, colors)


# Words of random numbers set aside for one attempt. It needs four, and one more for each of three draws that
# falls into the last, incomplete part of the 32-bit range, of which an image's side leaves less than 1e-4.
_WORDS = 12


def _below(words: Any, used: Any, limit: Any) -> tuple[Any, Any]:
    """An even integer in [0, limit) and how many words are used up: words of the incomplete part are skipped."""
    limit = jnp.maximum(limit, 1).astype(jnp.uint32)
    power = (limit & (limit - np.uint32(1))) == 0
    rest = np.uint32(0xFFFFFFFF) % limit + np.uint32(1)
    last = words.shape[0] - 1
    used = jax.lax.while_loop(lambda at: ~power & (words[at] < rest) & (at < last), lambda at: at + 1, used)
    return (words[used] % limit).astype(jnp.int32), used + 1


def _attempt(words: Any, used: Any, height: Any, width: Any, aspects: Any, areas: Any) -> tuple[Any, Any, Any]:
    """One crop (y, x, height, width) of an aspect ratio drawn at random, whether it is valid, and the words used."""
    f32, i32 = jnp.float32, jnp.int32
    high, wide = height.astype(f32), width.astype(f32)
    ratio = philox.unit_float32(words[used]) * (aspects[1] - aspects[0]) + aspects[0]
    used = used + 1
    least, most = areas[0] * wide * high, areas[1] * wide * high

    def rounded(value: Any) -> Any:
        return jnp.round(value).astype(i32)

    tall = rounded(jnp.sqrt(least / ratio))
    limit = rounded(jnp.sqrt(most / ratio))
    fitting = ((wide + f32(0.5) - f32(1e-7)) / ratio).astype(i32)
    fitting = fitting - (rounded(fitting.astype(f32) * ratio) > width)
    limit = jnp.where(rounded(limit.astype(f32) * ratio) > width, fitting, limit)
    limit = jnp.minimum(limit, height)
    grows = tall < limit
    more, after = _below(words, used, limit - tall + 1)
    tall = jnp.where(grows, tall + more, limit)
    used = jnp.where(grows, after, used)

    def area(rows: Any) -> tuple[Any, Any]:
        columns = rounded(rows.astype(f32) * ratio)
        return columns, (columns * rows).astype(f32)

    columns, size = area(tall)
    tall = jnp.where(size < least, tall + 1, tall)
    columns, size = area(tall)
    tall = jnp.where(size > most, tall - 1, tall)
    columns, size = area(tall)
    valid = (size >= least) & (size <= most) & (columns <= width) & (tall <= height) & (columns > 0) & (tall > 0)
    y, after = _below(words, used, height - tall)
    used = jnp.where(valid & (tall < height), after, used)
    x, after = _below(words, used, width - columns)
    used = jnp.where(valid & (columns < width), after, used)
    y, x = jnp.where(tall < height, y, 0), jnp.where(columns < width, x, 0)
    return jnp.stack([y, x, tall, columns]), valid, used


def _covers(crop: Any, boxes: Any, least: Any) -> Any:
    """Whether enough of some box lies in the crop."""
    low = jnp.maximum(boxes[:, :2], crop[:2])
    high = jnp.minimum(boxes[:, 2:], crop[:2] + crop[2:])
    common = jnp.prod(jnp.maximum(high - low, 0), axis=1).astype(jnp.float32)
    own = jnp.prod(boxes[:, 2:] - boxes[:, :2], axis=1).astype(jnp.float32)
    return (crop[2] * crop[3] >= 1) & jnp.any((own >= 1) & (common / jnp.maximum(own, 1) >= least))


@op("key; image_size: int; boxes: float; min_object_covered: float", differentiable=False)
def _sample(key, image_size, boxes, min_object_covered, aspects, areas, attempts, whole):
    height, width = image_size[0].astype(jnp.int32), image_size[1].astype(jnp.int32)
    words = philox.bits32(key, _WORDS * attempts)
    scale = jnp.stack([height, width, height, width]).astype(jnp.float32)
    pixels = (boxes.reshape(-1, 4) * scale).astype(jnp.int32)
    if whole and not pixels.shape[0]:
        pixels = jnp.stack([jnp.int32(0), jnp.int32(0), height, width])[None]
    ratio, area = (jnp.array(bounds, jnp.float32) for bounds in (aspects, areas))

    def attempt(carry: Any) -> Any:
        count, used, _, _ = carry
        crop, valid, used = _attempt(words, used, height, width, ratio, area)
        return count + 1, used, crop, valid & _covers(crop, pixels, min_object_covered)

    all_of_it = jnp.stack([jnp.int32(0), jnp.int32(0), height, width])
    start = jnp.int32(0), jnp.int32(0), all_of_it, jnp.bool_(False)
    _, _, crop, found = jax.lax.while_loop(lambda carry: (carry[0] < attempts) & ~carry[3], attempt, start)
    crop = jnp.where(found, crop, all_of_it)
    begin = jnp.concatenate([crop[:2], jnp.zeros(1, jnp.int32)]).astype(image_size.dtype)
    size = jnp.concatenate([crop[2:], jnp.full(1, -1, jnp.int32)]).astype(image_size.dtype)
    corners = jnp.concatenate([crop[:2], crop[:2] + crop[2:]]).astype(jnp.float32) / scale
    return DistortedBoundingBox(begin, size, corners.reshape(1, 1, 4))


def _invalid(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def _checked(
    key: Any, image_size: Any, boxes: Any, covered: Any, aspects: Any, areas: Any, attempts: Any, whole: Any
) -> DistortedBoundingBox:
    image_size, boxes = convert_to_tensor(image_size), convert_to_tensor(boxes, dtype_hint=dtypes.float32)
    if tuple(image_size.shape) != (3,):
        raise _invalid(f"image_size must be 1-dimensional and contain 3 elements, got {image_size.shape}")
    if boxes.shape.rank != 3 or boxes.shape[2] != 4:
        raise _invalid(f"input boxes must be 3-dimensional [batch, num_boxes, coords], got {boxes.shape}")
    if not whole and 0 in tuple(boxes.shape):
        raise _invalid("No bounding boxes provided as input. One must enable use_image_if_no_bounding_boxes if you wish to not provide any bounding boxes.")  # fmt: skip # noqa: E501
    aspects = tuple(float(v) for v in static((0.75, 1.33) if aspects is None else aspects, "aspect_ratio_range"))
    areas = tuple(float(v) for v in static((0.05, 1.0) if areas is None else areas, "area_range"))
    if len(aspects) != 2 or aspects[0] <= 0 or aspects[1] <= 0:
        raise _invalid(f"aspect_ratio_range must be two positive numbers, got {aspects}")
    if len(areas) != 2 or not (0 < areas[0] <= 1 and 0 < areas[1] <= 1):
        raise _invalid(f"area_range must be two numbers in (0, 1], got {areas}")
    attempts = 100 if attempts is None else int(attempts)
    if attempts <= 0:
        raise _invalid("max_attempts must be positive")
    covered = convert_to_tensor(covered, dtype_hint=dtypes.float32)
    return _sample(key, image_size, boxes, covered, aspects, areas, attempts, bool(whole))


@composed
def sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: int = 0,
    min_object_covered: Any = 0.1,
    aspect_ratio_range: Any = None,
    area_range: Any = None,
    max_attempts: int | None = None,
    use_image_if_no_bounding_boxes: bool | None = None,
    name: str | None = None,
) -> DistortedBoundingBox:
    """A random crop that holds enough of some object.

    Args:
      image_size: int tensor [3]: height, width, channels.
      bounding_boxes: float32 tensor [batch, boxes, 4], the objects: y1, x1, y2, x2 in [0, 1].
      seed: int; 0 for another crop at each run.
      min_object_covered: float, the part of an object that the crop has to hold.
      aspect_ratio_range: two floats, bounds of width over height; (0.75, 1.33) by default.
      area_range: two floats in (0, 1], bounds of the part of the image; (0.05, 1) by default.
      max_attempts: int, after which the whole image is returned; 100 by default.
      use_image_if_no_bounding_boxes: bool, whether no boxes mean one around the whole image, not an error.
      name: str, optional.

    Returns:
      ``(begin, size, bboxes)``: [3] offsets and [3] sizes for ``tf.slice``, of the dtype of ``image_size``, and the
      crop as a float32 box [1, 1, 4].

    Raises:
      InvalidArgumentError: an argument does not fit, or there are no boxes.

    >>> import kerax as tf
    >>> begin, size, box = tf.image.sample_distorted_bounding_box([20, 30, 3], [[[0.0, 0.0, 1.0, 1.0]]])
    >>> box.shape
    TensorShape([1, 1, 4])
    """
    key = next_key("SampleDistortedBoundingBoxV2", seed or None, 1, dtypes.float32)
    return _checked(
        key,
        image_size,
        bounding_boxes,
        min_object_covered,
        aspect_ratio_range,
        area_range,
        max_attempts,
        use_image_if_no_bounding_boxes,
    )


@composed
def stateless_sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: Any,
    min_object_covered: Any = 0.1,
    aspect_ratio_range: Any = None,
    area_range: Any = None,
    max_attempts: int | None = None,
    use_image_if_no_bounding_boxes: bool | None = None,
    name: str | None = None,
) -> DistortedBoundingBox:
    """A crop that holds enough of some object, as the seed decides; see ``sample_distorted_bounding_box``.

    Args:
      image_size: int tensor [3]: height, width, channels.
      bounding_boxes: float32 tensor [batch, boxes, 4], the objects: y1, x1, y2, x2 in [0, 1].
      seed: int tensor [2].
      min_object_covered: float, the part of an object that the crop has to hold.
      aspect_ratio_range: two floats, bounds of width over height; (0.75, 1.33) by default.
      area_range: two floats in (0, 1], bounds of the part of the image; (0.05, 1) by default.
      max_attempts: int, after which the whole image is returned; 100 by default.
      use_image_if_no_bounding_boxes: bool, whether no boxes mean one around the whole image, not an error.
      name: str, optional.

    Returns:
      ``(begin, size, bboxes)``.

    Raises:
      InvalidArgumentError: an argument does not fit, or there are no boxes.

    >>> import kerax as tf
    >>> boxes = [[[0.0, 0.0, 1.0, 1.0]]]
    >>> tf.image.stateless_sample_distorted_bounding_box([20, 30, 3], boxes, (1, 2)).size.shape
    TensorShape([3])
    """
    return _checked(
        scrambled(convert_to_tensor(seed)),
        image_size,
        bounding_boxes,
        min_object_covered,
        aspect_ratio_range,
        area_range,
        max_attempts,
        use_image_if_no_bounding_boxes,
    )


def generate_bounding_box_proposals(
    scores: Any,
    bbox_deltas: Any,
    image_info: Any,
    anchors: Any,
    nms_threshold: Any = 0.7,
    pre_nms_topn: Any = 6000,
    min_size: Any = 16,
    post_nms_topn: Any = 300,
    name: str | None = None,
) -> Any:
    """Region proposals of a Faster R-CNN head. Not available; TensorFlow has it on GPUs only.

    Raises:
      UnimplementedError: always; decode the boxes and call ``tf.image.non_max_suppression_padded``.
    """
    raise errors.UnimplementedError(
        None,
        None,
        "kerax has no tf.image.generate_bounding_box_proposals; decode the deltas and use "
        "tf.image.non_max_suppression_padded.",
    )
