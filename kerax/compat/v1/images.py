"""``tf.compat.v1.image``: sizes changed as TensorFlow 1 does it, and functions with other arguments."""

from __future__ import annotations

from typing import Any

from kerax import get_static_value, raw_ops
from kerax import image as _image
from kerax.array_ops import expand_dims, squeeze
from kerax.core.tensor import convert_to_tensor


class ResizeMethod:
    """Numbers of the ways to make pixels of pixels."""

    BILINEAR = 0
    NEAREST_NEIGHBOR = 1
    BICUBIC = 2
    AREA = 3


_OPS = {
    0: raw_ops.ResizeBilinear, 1: raw_ops.ResizeNearestNeighbor, 2: raw_ops.ResizeBicubic, 3: raw_ops.ResizeArea,
}  # fmt: skip
_NAMES = {"bilinear": 0, "nearest": 1, "bicubic": 2, "area": 3}


def resize(
    images: Any,
    size: Any,
    method: Any = ResizeMethod.BILINEAR,
    align_corners: bool = False,
    preserve_aspect_ratio: bool = False,
    name: str | None = None,
) -> Any:
    """Images of another size, with pixels' corners (not their centers) at whole numbers.

    Args:
      images: tensor ``[batch, height, width, channels]`` or ``[height, width, channels]``.
      size: int ``[2]``, the new height and width.
      method: one of `ResizeMethod`, or its name.
      align_corners: whether the corner pixels stay where they are.
      preserve_aspect_ratio: whether ``size`` is a limit that both sides stay within.

    Returns:
      float32 Tensor; the images themselves where the size is theirs.
    """
    images = convert_to_tensor(images)
    if images.shape.rank not in (3, 4):
        raise ValueError("'images' must have either 3 or 4 dimensions.")
    height, width = (int(n) for n in get_static_value(convert_to_tensor(size)))
    old = images.shape.as_list()[-3:-1]
    if preserve_aspect_ratio:
        factor = min(height / old[0], width / old[1])
        height, width = round(factor * old[0]), round(factor * old[1])
    if [height, width] == old:
        return images
    chosen = _NAMES.get(method, method)
    if chosen not in _OPS:
        raise ValueError(f"Resize method is not implemented: {method}")
    batch = images if images.shape.rank == 4 else expand_dims(images, 0)
    resized = _OPS[chosen](images=batch, size=[height, width], align_corners=align_corners)
    return resized if images.shape.rank == 4 else squeeze(resized, 0)


resize_images = resize


def resize_image_with_pad(
    image: Any, target_height: int, target_width: int, method: Any = ResizeMethod.BILINEAR, align_corners: bool = False
) -> Any:
    """Images resized as far as they fit into a frame, with zeros around."""
    image = convert_to_tensor(image)
    height, width = image.shape.as_list()[-3:-1]
    ratio = max(width / target_width, height / target_height)
    new = height / ratio, width / ratio
    above, left = (
        max(0, int((goal - size) // 2)) for goal, size in zip((target_height, target_width), new, strict=True)
    )
    resized = resize(image, [int(new[0]), int(new[1])], method, align_corners)
    return _image.pad_to_bounding_box(resized, above, left, target_height, target_width)


def draw_bounding_boxes(images: Any, boxes: Any, name: str | None = None, colors: Any = None) -> Any:
    """``tf.image.draw_bounding_boxes``, in TensorFlow's own colors where none are given."""
    return _image.draw_bounding_boxes(images, boxes, colors, name)


def extract_glimpse(
    input: Any,
    size: Any,
    offsets: Any,
    centered: bool = True,
    normalized: bool = True,
    uniform_noise: bool = True,
    name: str | None = None,
) -> Any:
    """``tf.image.extract_glimpse`` with noise that is uniform or normal."""
    noise = "uniform" if uniform_noise else "gaussian"
    return _image.extract_glimpse(input, size, offsets, centered, normalized, noise, name)


def sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: int | None = None,
    seed2: int | None = None,
    min_object_covered: Any = 0.1,
    aspect_ratio_range: Any = None,
    area_range: Any = None,
    max_attempts: int | None = None,
    use_image_if_no_bounding_boxes: bool | None = None,
    name: str | None = None,
) -> Any:
    """``tf.image.sample_distorted_bounding_box``; ``seed2`` is without effect."""
    return _image.sample_distorted_bounding_box(
        image_size,
        bounding_boxes,
        seed or 0,
        min_object_covered,
        aspect_ratio_range,
        area_range,
        max_attempts,
        use_image_if_no_bounding_boxes,
        name,
    )
