"""Raw ops of images and boxes whose arguments or results are not those of a public function."""

from __future__ import annotations

from typing import Any

from kerax import image
from kerax.array_ops import pad, shape
from kerax.core.tensor import convert_to_tensor


def suppression(boxes: Any, scores: Any, max_output_size: Any, iou_threshold: Any) -> Any:
    return image.non_max_suppression(boxes, scores, max_output_size, iou_threshold)


def _padded(values: Any, size: Any, wanted: bool) -> Any:
    return pad(values, [[0, convert_to_tensor(size) - shape(values)[0]]]) if wanted else values


def suppression_padded(
    boxes: Any, scores: Any, max_output_size: Any, iou_threshold: Any, score_threshold: Any,
    pad_to_max_output_size: bool,
) -> tuple[Any, Any]:  # fmt: skip
    chosen = image.non_max_suppression(boxes, scores, max_output_size, iou_threshold, score_threshold)
    return _padded(chosen, max_output_size, pad_to_max_output_size), shape(chosen)[0]


def soft_suppression(
    boxes: Any, scores: Any, max_output_size: Any, iou_threshold: Any, score_threshold: Any, soft_nms_sigma: Any,
    pad_to_max_output_size: bool,
) -> tuple[Any, Any, Any]:  # fmt: skip
    chosen, values = image.non_max_suppression_with_scores(
        boxes, scores, max_output_size, iou_threshold, score_threshold, soft_nms_sigma
    )
    both = (_padded(part, max_output_size, pad_to_max_output_size) for part in (chosen, values))
    return (*both, shape(chosen)[0])


def stateless_distorted_box(min_object_covered: Any, seed: Any, **arguments: Any) -> Any:
    return image.stateless_sample_distorted_bounding_box(seed=seed, min_object_covered=min_object_covered, **arguments)


def glimpse(input: Any, size: Any, offsets: Any, centered: bool, normalized: bool, noise: str) -> Any:
    """As ``tf.image.extract_glimpse``, except that offsets of pixels count from the centre of the glimpse's frame."""
    return image.extract_glimpse(input, size, offsets, centered, normalized, noise)


def encode_jpeg(images: Any, quality: Any) -> Any:
    return image.encode_jpeg(images, quality=int(convert_to_tensor(quality)))
