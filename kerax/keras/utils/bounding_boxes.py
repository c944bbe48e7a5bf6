"""``tf.keras.utils.bounding_boxes``: formats, geometry and overlap of boxes in images."""

from __future__ import annotations

import math
from typing import Any

from kerax.keras import ops
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon

FORMATS = (
    "xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw", "rel_xyxy", "rel_yxyx", "rel_xywh", "rel_center_xywh",
)  # fmt: skip


def split(boxes: Any) -> Any:
    """The four numbers of each box, each with a last axis of 1."""
    return ops.split(boxes, 4, axis=-1)


def join(*parts: Any) -> Any:
    """Boxes of their four numbers."""
    return ops.concatenate(list(parts), axis=-1)


def _corners(boxes: Any, kind: str) -> tuple[Any, Any, Any, Any]:
    a, b, c, d = split(boxes)
    if kind == "yxyx":
        return b, a, d, c
    if kind == "xywh":
        return a, b, a + c, b + d
    if kind == "center_yxhw":
        a, b, c, d = b, a, d, c
    if kind.startswith("center"):
        return a - c / 2.0, b - d / 2.0, a + c / 2.0, b + d / 2.0
    return a, b, c, d


def _of_corners(corners: tuple[Any, Any, Any, Any], kind: str) -> Any:
    left, top, right, bottom = corners
    width, height = right - left, bottom - top
    if kind == "yxyx":
        return join(top, left, bottom, right)
    if kind == "xywh":
        return join(left, top, width, height)
    if kind == "center_xywh":
        return join(left + width / 2.0, top + height / 2.0, width, height)
    if kind == "center_yxhw":
        return join(top + height / 2.0, left + width / 2.0, height, width)
    return join(left, top, right, bottom)


def convert_format(boxes: Any, source: str, target: str, height: Any = None, width: Any = None, dtype: Any = "float32"):
    """Boxes in another format.

    Args:
      boxes: tensor ``[..., 4]``, or a dict with such under "boxes" (which is changed in place).
      source: str, the boxes' format: "xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw", "rel_xyxy", "rel_yxyx",
        "rel_xywh" or "rel_center_xywh"; "rel" ones are in parts of the image's size.
      target: str, the format wanted.
      height: pixels, of the image; for relative formats.
      width: likewise.
      dtype: str, of the result.

    Returns:
      Tensor ``[..., 4]``, or the dict.

    Raises:
      ValueError: an unknown format, another last axis, or a size that is missing.

    >>> import kerax as tf
    >>> tf.keras.utils.bounding_boxes.convert_format([[1., 2., 3., 5.]], "xyxy", "xywh").numpy()
    array([[1., 2., 2., 3.]], dtype=float32)
    """
    if isinstance(boxes, dict):
        boxes["boxes"] = convert_format(boxes["boxes"], source, target, height, width, dtype)
        return boxes
    boxes = to_tensor(boxes, dtype)
    if boxes.shape[-1] != 4:
        raise ValueError(
            f"`boxes` must be a tensor with the last dimension of 4. Received: boxes.shape={tuple(boxes.shape)}"
        )
    source, target = source.lower(), target.lower()
    if source not in FORMATS or target not in FORMATS:
        raise ValueError(f"Invalid source or target format. Supported formats: {FORMATS}")
    relative = source.startswith("rel_"), target.startswith("rel_")
    if any(relative) and (width is None or height is None):
        raise ValueError(
            "convert_format() must receive `height` and `width` transforming between relative and absolute formats. "
            f"Received: source={source}, target={target}, height={height} and width={width}."
        )
    if source == target:
        return boxes
    corners = _corners(boxes, source.removeprefix("rel_"))
    if relative[0] != relative[1]:
        size = to_tensor(width, dtype), to_tensor(height, dtype)
        if relative[0]:
            corners = tuple(value * size[i % 2] for i, value in enumerate(corners))  # type: ignore[assignment]
        else:
            corners = tuple(value / size[i % 2] for i, value in enumerate(corners))  # type: ignore[assignment]
    return _of_corners(corners, target.removeprefix("rel_"))


def _clipped(boxes: Any, width: Any, height: Any) -> Any:
    left, top, right, bottom = split(boxes)
    zero = to_tensor(0, boxes.dtype)
    width, height = to_tensor(width, boxes.dtype), to_tensor(height, boxes.dtype)
    return join(
        *(ops.clip(v, zero, limit) for v, limit in zip((left, top, right, bottom), (width, height) * 2, strict=True))
    )


def clip_to_image_size(bounding_boxes: Any, height: Any = None, width: Any = None, bounding_box_format: str = "xyxy"):
    """Boxes cut at the image's borders; labels of boxes that vanish become -1.

    Args:
      bounding_boxes: dict with "boxes" ``[..., 4]`` and perhaps "labels" ``[...]``.
      height: pixels, of the image.
      width: likewise.
      bounding_box_format: "xyxy" or "rel_xyxy".

    Returns:
      A new dict.

    Raises:
      NotImplementedError: another format.
      ValueError: the size is missing.

    >>> import kerax as tf
    >>> boxes = {"boxes": tf.constant([[-1., 0., 2., 9.]]), "labels": tf.constant([1])}
    >>> tf.keras.utils.bounding_boxes.clip_to_image_size(boxes, 4, 4)["boxes"].numpy()
    array([[0., 0., 2., 4.]], dtype=float32)
    """
    if bounding_box_format not in ("xyxy", "rel_xyxy"):
        raise NotImplementedError(
            f"Boxes can be clipped in the formats 'xyxy' and 'rel_xyxy'. Received: {bounding_box_format}"
        )
    if bounding_box_format == "xyxy" and (height is None or width is None):
        raise ValueError("`height` and `width` must be set if `format='xyxy'`.")
    boxes = to_tensor(bounding_boxes["boxes"])
    boxes = _clipped(boxes, width, height) if bounding_box_format == "xyxy" else _clipped(boxes, 1.0, 1.0)
    found = {**bounding_boxes, "boxes": boxes}
    if bounding_boxes.get("labels") is not None:
        left, top, right, bottom = split(boxes)
        areas = ops.squeeze((right - left) * (bottom - top), axis=-1)
        labels = to_tensor(bounding_boxes["labels"])
        found["labels"] = ops.where(areas > 0, labels, to_tensor(-1, labels.dtype))
    return found


def _only_xyxy(bounding_box_format: str) -> None:
    if bounding_box_format != "xyxy":
        raise NotImplementedError(f"Only the format 'xyxy' is supported. Received: {bounding_box_format}")


def affine_transform(
    boxes: Any,
    angle: Any,
    translate_x: Any,
    translate_y: Any,
    scale: Any,
    shear_x: Any,
    shear_y: Any,
    height: Any,
    width: Any,
    center_x: Any = None,
    center_y: Any = None,
    bounding_box_format: str = "xyxy",
) -> Any:
    """The boxes around boxes that an image was turned, moved, scaled and sheared with.

    Args:
      boxes: tensor ``[batch, boxes, 4]``.
      angle: ``[batch]``, degrees.
      translate_x: ``[batch]``, parts of the width.
      translate_y: ``[batch]``, parts of the height.
      scale: ``[batch]``.
      shear_x: ``[batch]``, degrees.
      shear_y: ``[batch]``, degrees.
      height: pixels, of the image.
      width: likewise.
      center_x: the fixed point, parts of the width, 0.5 by default.
      center_y: likewise.
      bounding_box_format: "xyxy".

    Returns:
      Tensor like ``boxes``.

    Raises:
      NotImplementedError: another format.

    >>> import kerax as tf
    >>> zero, one = tf.zeros([1]), tf.ones([1])
    >>> tf.keras.utils.bounding_boxes.affine_transform(
    ...     tf.constant([[[0., 0., 2., 1.]]]), zero, zero, zero, one, zero, zero, 5, 5).numpy()
    array([[[0., 0., 2., 1.]]], dtype=float32)
    """
    _only_xyxy(bounding_box_format)
    turn, move_x, move_y, scale, shear_x, shear_y = (
        to_tensor(value, "float32") for value in (angle, translate_x, translate_y, scale, shear_x, shear_y)
    )
    centre_x = (0.5 if center_x is None else center_x) * (width - 1)
    centre_y = (0.5 if center_y is None else center_y) * (height - 1)
    radians = math.pi / 180.0
    turn, sx, sy = -turn * radians, -shear_x * radians, -shear_y * radians
    from_x, from_y = centre_x - move_x * (width - 1), centre_y - move_y * (height - 1)
    a = ops.cos(turn - sy) / ops.cos(sy)
    b = a * ops.tan(sx) + ops.sin(turn)
    c = -ops.sin(turn - sy) / ops.cos(sy)
    d = ops.cos(turn) - c * ops.tan(sx)
    rows = ((d * scale, -b * scale, centre_x), (-c * scale, a * scale, centre_y))
    xs, ys = [], []
    boxes = to_tensor(boxes, "float32")
    corners = ((0, 1), (2, 1), (2, 3), (0, 3))
    for found, (p, q, centre) in zip((xs, ys), rows, strict=True):
        offset = centre - p * from_x - q * from_y
        for i, j in corners:
            found.append(boxes[..., i] * p[:, None] + boxes[..., j] * q[:, None] + offset[:, None])
    xs, ys = ops.stack(xs, axis=-1), ops.stack(ys, axis=-1)
    sides = [ops.min(xs, axis=-1), ops.min(ys, axis=-1), ops.max(xs, axis=-1), ops.max(ys, axis=-1)]
    return ops.stack(sides, axis=-1)


def crop(boxes: Any, top: Any, left: Any, height: Any, width: Any, bounding_box_format: str = "xyxy") -> Any:
    """Boxes in a part that is cut out of the image.

    Args:
      boxes: tensor ``[..., 4]``.
      top: pixels, where the part begins.
      left: likewise.
      height: pixels, the part's.
      width: likewise.
      bounding_box_format: "xyxy".

    >>> import kerax as tf
    >>> tf.keras.utils.bounding_boxes.crop(tf.constant([[1., 1., 9., 3.]]), 1, 2, 4, 5).numpy()
    array([[0., 0., 5., 2.]], dtype=float32)
    """
    _only_xyxy(bounding_box_format)
    return _clipped(_moved(boxes, -to_tensor(left), -to_tensor(top)), width, height)


def pad(boxes: Any, top: Any, left: Any, height: Any = None, width: Any = None, bounding_box_format: str = "xyxy"):
    """Boxes in an image with a margin.

    Args:
      boxes: tensor ``[..., 4]``.
      top: pixels, the margin above.
      left: pixels, the margin to the left.
      height: without effect.
      width: without effect.
      bounding_box_format: "xyxy".

    >>> import kerax as tf
    >>> tf.keras.utils.bounding_boxes.pad(tf.constant([[0., 0., 1., 1.]]), 1, 2).numpy()
    array([[2., 1., 3., 2.]], dtype=float32)
    """
    _only_xyxy(bounding_box_format)
    return _moved(boxes, left, top)


def _moved(boxes: Any, right: Any, down: Any) -> Any:
    boxes = to_tensor(boxes)
    right, down = to_tensor(right, boxes.dtype), to_tensor(down, boxes.dtype)
    x1, y1, x2, y2 = split(boxes)
    return join(x1 + right, y1 + down, x2 + right, y2 + down)


def _sizes(image_shape: Any) -> tuple[Any, Any]:
    return (None, None) if image_shape is None else tuple(image_shape[:2])  # type: ignore[return-value]


def _variance(variance: Any, name: str, encoding: str) -> Any:
    if encoding not in ("center_xywh", "center_yxhw"):
        raise ValueError(f"`{name}` should be one of 'center_xywh' or 'center_yxhw', got {encoding}")
    if variance is None:
        return None
    variance = to_tensor(variance, "float32")
    if variance.shape[-1] != 4:
        raise ValueError(f"`variance` must be length 4, got {variance}")
    return variance


def encode_box_to_deltas(
    anchors: Any,
    boxes: Any,
    anchor_format: str,
    box_format: str,
    encoding_format: str = "center_yxhw",
    variance: Any = None,
    image_shape: Any = None,
) -> Any:
    """Boxes as distances from anchors: the centre's in parts of the anchor's size, the size's as logarithm.

    Args:
      anchors: tensor ``[..., 4]``.
      boxes: tensor ``[..., 4]``.
      anchor_format: str, a format of ``convert_format``.
      box_format: likewise.
      encoding_format: "center_xywh" or "center_yxhw".
      variance: four floats by which distances are divided.
      image_shape: (height, width, channels), for relative formats.

    Returns:
      Tensor ``[..., 4]``.

    >>> import kerax as tf
    >>> tf.keras.utils.bounding_boxes.encode_box_to_deltas(
    ...     tf.constant([[0., 0., 2., 2.]]), tf.constant([[1., 1., 3., 3.]]), "xyxy", "xyxy").numpy()
    array([[0.5, 0.5, 0. , 0. ]], dtype=float32)
    """
    variance = _variance(variance, "encoding_format", encoding_format)
    height, width = _sizes(image_shape)
    anchors = convert_format(anchors, anchor_format, encoding_format, height, width)
    boxes = convert_format(boxes, box_format, encoding_format, height, width)
    sizes = ops.maximum(anchors[..., 2:], epsilon())
    box_sizes = ops.maximum(boxes[..., 2:], epsilon())
    deltas = join((boxes[..., :2] - anchors[..., :2]) / sizes, ops.log(box_sizes / sizes))
    return deltas if variance is None else deltas / variance


def decode_deltas_to_boxes(
    anchors: Any,
    boxes_delta: Any,
    anchor_format: str,
    box_format: str,
    encoded_format: str = "center_yxhw",
    variance: Any = None,
    image_shape: Any = None,
) -> Any:
    """The boxes that ``encode_box_to_deltas`` made distances of.

    Args:
      anchors: tensor ``[..., 4]``, or dict of such by level.
      boxes_delta: likewise.
      anchor_format: str, a format of ``convert_format``.
      box_format: likewise.
      encoded_format: "center_xywh" or "center_yxhw".
      variance: four floats.
      image_shape: (height, width, channels), for relative formats.

    Returns:
      Tensor ``[..., 4]``, or dict of such.

    >>> import kerax as tf
    >>> tf.keras.utils.bounding_boxes.decode_deltas_to_boxes(
    ...     tf.constant([[0., 0., 2., 2.]]), tf.constant([[0.5, 0.5, 0., 0.]]), "xyxy", "xyxy").numpy()
    array([[1., 1., 3., 3.]], dtype=float32)
    """
    variance = _variance(variance, "encoded_format", encoded_format)
    height, width = _sizes(image_shape)
    if isinstance(anchors, dict) and isinstance(boxes_delta, dict):
        rest = anchor_format, box_format, encoded_format, variance, image_shape
        return {level: decode_deltas_to_boxes(anchors[level], boxes_delta[level], *rest) for level in anchors}
    anchor = convert_format(anchors, anchor_format, encoded_format, height, width)
    delta = to_tensor(boxes_delta)
    delta = delta if variance is None else delta * variance
    sizes = anchor[..., 2:]
    box = join(delta[..., :2] * sizes + anchor[..., :2], ops.exp(delta[..., 2:]) * sizes)
    return convert_format(box, encoded_format, box_format, height, width)


def _overlap(first: tuple[Any, ...], second: tuple[Any, ...]) -> Any:
    """The common area of boxes given by their sides."""
    width = ops.minimum(first[2], second[2]) - ops.maximum(first[0], second[0])
    height = ops.minimum(first[3], second[3]) - ops.maximum(first[1], second[1])
    return ops.maximum(width, 0) * ops.maximum(height, 0)


def compute_iou(
    boxes1: Any,
    boxes2: Any,
    bounding_box_format: str,
    use_masking: bool = False,
    mask_val: int = -1,
    image_shape: Any = None,
) -> Any:
    """Intersection over union of each box of one list with each of another.

    Args:
      boxes1: tensor ``[..., m, 4]`` of rank 2 or 3.
      boxes2: tensor ``[..., n, 4]``.
      bounding_box_format: str, a format of ``convert_format``.
      use_masking: bool, whether boxes with only negative numbers are padding.
      mask_val: what stands in their place.
      image_shape: (height, width, channels), for relative formats.

    Returns:
      Tensor ``[..., m, n]``.

    >>> import kerax as tf
    >>> boxes = tf.constant([[0., 0., 1., 1.]])
    >>> tf.keras.utils.bounding_boxes.compute_iou(boxes, boxes, "xyxy").numpy().round(3)
    array([[1.]], dtype=float32)
    """
    boxes1, boxes2 = to_tensor(boxes1), to_tensor(boxes2)
    ranks = len(boxes1.shape), len(boxes2.shape)
    if ranks[0] not in (2, 3) or ranks[1] not in (2, 3):
        raise ValueError(
            f"compute_iou() expects boxes of rank 2, or 3 with a batch. Received ranks: boxes1 {ranks[0]}, "
            f"boxes2 {ranks[1]}."
        )
    if "rel" in bounding_box_format and image_shape is None:
        raise ValueError(
            "When using relative bounding box formats (e.g. `rel_yxyx`) the `image_shape` argument must be provided. "
            f"Received `image_shape`: {image_shape}"
        )
    height, width = _sizes(image_shape)
    boxes1 = convert_format(boxes1, bounding_box_format, "xyxy", height, width)
    boxes2 = convert_format(boxes2, bounding_box_format, "xyxy", height, width)
    first = tuple(boxes1[..., i][..., :, None] for i in range(4))
    second = tuple(boxes2[..., i][..., None, :] for i in range(4))
    common = _overlap(first, second)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    found = common / (areas[0] + areas[1] - common + epsilon())
    if not use_masking:
        return found
    padding = (ops.max(boxes1, axis=-1) < 0.0)[..., :, None] | (ops.max(boxes2, axis=-1) < 0.0)[..., None, :]
    return ops.where(padding, to_tensor(mask_val, found.dtype), found)


def compute_ciou(boxes1: Any, boxes2: Any, bounding_box_format: str, image_shape: Any = None) -> Any:
    """Complete intersection over union of boxes in pairs: it also counts distance and shape.

    Args:
      boxes1: tensor ``[..., 4]``.
      boxes2: likewise.
      bounding_box_format: str, an absolute format of ``convert_format``.
      image_shape: (height, width, channels).

    Returns:
      Tensor ``[...]``.

    Source: Zheng et al. 2020, https://arxiv.org/abs/1911.08287

    >>> import kerax as tf
    >>> boxes = tf.constant([[0., 0., 1., 1.]])
    >>> tf.keras.utils.bounding_boxes.compute_ciou(boxes, boxes, "xyxy").numpy().round(3)
    array([1.], dtype=float32)
    """
    if "rel" in bounding_box_format:
        raise ValueError(
            "Relative bounding box formats (e.g. `rel_yxyx`) are not supported: convert the boxes first. "
            f"Received `image_shape`: {image_shape}"
        )
    height, width = _sizes(image_shape)
    a = tuple(split(convert_format(boxes1, bounding_box_format, "xyxy", height, width)))
    b = tuple(split(convert_format(boxes2, bounding_box_format, "xyxy", height, width)))
    tiny = epsilon()
    widths, heights = (a[2] - a[0], b[2] - b[0]), (a[3] - a[1] + tiny, b[3] - b[1] + tiny)
    common = _overlap(a, b)
    union = widths[0] * heights[0] + widths[1] * heights[1] - common + tiny
    iou = common / (union + tiny)
    hull_width = ops.maximum(a[2], b[2]) - ops.minimum(a[0], b[0])
    hull_height = ops.maximum(a[3], b[3]) - ops.minimum(a[1], b[1])
    diagonal = hull_width**2 + hull_height**2 + tiny
    distance = ((a[0] + a[2]) / 2 - (b[0] + b[2]) / 2) ** 2 + ((a[1] + a[3]) / 2 - (b[1] + b[3]) / 2) ** 2
    shape = 4 / math.pi**2 * (ops.arctan(widths[1] / heights[1]) - ops.arctan(widths[0] / heights[0])) ** 2
    alpha = shape / (shape - iou + (1 + tiny))
    return ops.squeeze(iou - (distance / diagonal + shape * alpha), axis=-1)
