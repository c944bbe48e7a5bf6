"""Boxes and masks drawn onto images."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras import ops
from kerax.keras.engine.settings import is_int_dtype, standardize_data_format, standardize_dtype


def _corners(boxes: np.ndarray, form: str, height: int, width: int) -> np.ndarray:
    """Boxes of any format as ``[..., 4]`` x1, y1, x2, y2 in pixels.

    Raises:
      ValueError: no such format.
    """
    form = form.lower()
    relative = form.startswith("rel_")
    boxes = boxes.astype("float32")
    a, b, c, d = (boxes[..., i] for i in range(4))
    kind = form.removeprefix("rel_")
    if kind == "xyxy":
        found = a, b, c, d
    elif kind == "yxyx":
        found = b, a, d, c
    elif kind == "xywh":
        found = a, b, a + c, b + d
    elif kind == "center_xywh":
        found = a - c / 2, b - d / 2, a + c / 2, b + d / 2
    else:
        raise ValueError(
            "The bounding box format must be one of 'xyxy', 'yxyx', 'xywh', 'center_xywh' or one of them with 'rel_' "
            f"in front. Received: {form}"
        )
    stacked = np.stack(found, axis=-1)
    return stacked * np.array([width, height, width, height], "float32") if relative else stacked


def draw_bounding_boxes(
    images: Any,
    bounding_boxes: Any,
    bounding_box_format: str,
    class_mapping: Any = None,
    color: Any = (128, 128, 128),
    line_thickness: int = 2,
    text_thickness: int = 1,
    font_scale: float = 1.0,
    data_format: str | None = None,
) -> np.ndarray:
    """Boxes and class names drawn onto images.

    Args:
      images: array or tensor ``[batch, height, width, channels]``.
      bounding_boxes: dict of "boxes" ``[batch, boxes, 4]``, "labels" ``[batch, boxes]`` (-1 for none) and, on request,
        "confidences" ``[batch, boxes]``.
      bounding_box_format: "xyxy", "yxyx", "xywh", "center_xywh", or one of them with "rel_" in front.
      class_mapping: dict of the names of classes.
      color: triple of ints from 0 to 255.
      line_thickness: int, pixels.
      text_thickness: int, pixels; the text's strokes.
      font_scale: float, the text's size.
      data_format: "channels_last" or "channels_first", of the sizes of the images.

    Returns:
      uint8 array ``[batch, height, width, channels]``.

    Raises:
      ValueError: another rank, or no boxes and labels.
      TypeError: the boxes are no dict.
    """
    from PIL import Image, ImageDraw, ImageFont

    shape = ops.shape(images)
    if len(shape) != 4:
        raise ValueError(f"`images` must be batched 4D tensor. Received: images.shape={shape}")
    if not isinstance(bounding_boxes, dict):
        raise TypeError(
            f"`bounding_boxes` should be a dict. Received: bounding_boxes={bounding_boxes} of type "
            f"{type(bounding_boxes)}"
        )
    if "boxes" not in bounding_boxes or "labels" not in bounding_boxes:
        raise ValueError(
            "`bounding_boxes` should be a dict containing 'boxes' and 'labels' keys. "
            f"Received: bounding_boxes={bounding_boxes}"
        )
    last = standardize_data_format(data_format) == "channels_last"
    height, width = shape[1:3] if last else shape[2:4]
    pixels = ops.convert_to_numpy(images)
    if pixels.dtype.kind == "f" and pixels.size:
        pixels = np.clip(pixels, 0, 1) * 255 if pixels.max() <= 1.0 else np.clip(pixels, 0, 255)
    pixels = pixels.astype("uint8")
    corners = _corners(ops.convert_to_numpy(bounding_boxes["boxes"]), bounding_box_format, height, width)
    labels = ops.convert_to_numpy(bounding_boxes["labels"]).astype("int32")
    confidences = bounding_boxes.get("confidences")
    confidences = None if confidences is None else ops.convert_to_numpy(confidences)
    names = class_mapping or {}
    font = ImageFont.load_default(size=12 * font_scale)
    drawn = []
    for i, image in enumerate(pixels):
        canvas = Image.fromarray(image)
        pen = ImageDraw.Draw(canvas)
        for j, (box, label) in enumerate(zip(corners[i], labels[i], strict=True)):
            if label == -1:
                continue
            x1, y1, x2, y2 = (int(side) for side in box)
            low, high = (min(x1, x2), min(y1, y2)), (max(x1, x2), max(y1, y2))
            pen.rectangle([low, high], outline=tuple(int(part) for part in color), width=line_thickness)
            if int(label) in names:
                text = str(names[int(label)])
                text = text if confidences is None else f"{text} | {confidences[i][j]:.2f}"
                line = int(font_scale * 12)
                place = (x1, y1 - 8 - line) if y1 - 8 - 2 * line > 0 else (x1 + 3, y1 + line + text_thickness + 3)
                pen.text(place, text, fill=tuple(int(part) for part in color), font=font)
        drawn.append(np.asarray(canvas))
    return np.stack(drawn, axis=0)


def draw_segmentation_masks(
    images: Any,
    segmentation_masks: Any,
    num_classes: int | None = None,
    color_mapping: Any = None,
    alpha: float = 0.8,
    blend: bool = True,
    ignore_index: int = -1,
    data_format: str | None = None,
) -> Any:
    """Classes of pixels drawn onto images as colours.

    Args:
      images: array or tensor of pixels from 0 to 255 ``[batch, height, width, 3]``, or channels first.
      segmentation_masks: array or tensor of integers ``[batch, height, width, 1]``, or channels first.
      num_classes: int, by default the greatest class.
      color_mapping: dict of the colours of classes.
      alpha: float from 0 to 1, how strong the colours are.
      blend: bool, whether colours are mixed with the images.
      ignore_index: int, the class that is not drawn.
      data_format: "channels_last" or "channels_first".

    Returns:
      uint8 array ``[batch, height, width, 3]``; without ``blend`` a float32 Tensor.

    Raises:
      ValueError: another rank.
      TypeError: the masks are no integers.
    """
    shape = ops.shape(images)
    if len(shape) != 4:
        raise ValueError(f"`images` must be batched 4D tensor. Received: images.shape={shape}")
    if standardize_data_format(data_format) == "channels_first":
        images = ops.transpose(images, (0, 2, 3, 1))
        segmentation_masks = ops.transpose(segmentation_masks, (0, 2, 3, 1))
    images = ops.convert_to_tensor(images, dtype="float32")
    masks = ops.convert_to_tensor(segmentation_masks)
    if not is_int_dtype(masks.dtype):
        raise TypeError(
            "`segmentation_masks` must be in integer dtype. "
            f"Received: segmentation_masks.dtype={standardize_dtype(masks.dtype)}"
        )
    classes = ops.convert_to_numpy(masks)[..., 0]
    num_classes = int(classes.max()) if num_classes is None else num_classes
    drawn = ops.convert_to_numpy(images).copy()
    for index in range(num_classes):
        drawn[classes == index] = np.array(
            _color(index) if color_mapping is None else color_mapping[index], dtype=drawn.dtype
        )
    if not blend:
        return ops.convert_to_tensor(drawn)
    mixed = images * (1 - alpha) + ops.convert_to_tensor(drawn) * alpha
    mixed = ops.where(ops.convert_to_tensor(classes != ignore_index)[..., None], mixed, images)
    return ops.convert_to_numpy(ops.cast(mixed, dtype="uint8"))


def _color(index: int) -> list[int]:
    """A colour of a class, unlike those of its neighbours."""
    return [index * part % 255 for part in (2**25 - 1, 2**15 - 1, 2**21 - 1)]
