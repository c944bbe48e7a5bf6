"""Images, boxes and masks as a grid of pictures."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from kerax.keras import ops
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.visualization.drawing import draw_bounding_boxes, draw_segmentation_masks


def _pyplot(function: str) -> Any:
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError(
            f"The `{function}` function requires the `matplotlib` package. "
            "Please install it with `pip install matplotlib`."
        ) from None
    return pyplot


def _last(images: Any, data_format: str | None) -> Any:
    first = standardize_data_format(data_format) == "channels_first"
    return ops.transpose(images, (0, 2, 3, 1)) if first else images


def plot_image_gallery(
    images: Any,
    y_true: Any = None,
    y_pred: Any = None,
    label_map: Any = None,
    rows: int | None = None,
    cols: int | None = None,
    value_range: Any = (0, 255),
    scale: float = 2,
    path: Any = None,
    show: bool | None = None,
    transparent: bool = True,
    dpi: int = 60,
    legend_handles: Any = None,
    data_format: str | None = None,
) -> None:
    """Shows images as a grid, or writes it to a file.

    Args:
      images: array or tensor ``[batch, height, width, channels]``, or channels first.
      y_true: classes, named in the titles.
      y_pred: predicted classes, named in the titles.
      label_map: dict of the names of classes.
      rows: int, by default about as many as columns.
      cols: int, by default about as many as rows.
      value_range: pair of numbers, black and white.
      scale: float, inches of a picture.
      path: where to write the grid.
      show: bool, by default whether there is no path.
      transparent: bool, whether the file's background is.
      dpi: int, dots an inch.
      legend_handles: what a legend explains.
      data_format: "channels_last" or "channels_first".

    Raises:
      ImportError: matplotlib is missing.
      ValueError: a path together with ``show``, classes without names, or another rank.
    """
    plt = _pyplot("plot_image_gallery")
    if path is not None and show:
        raise ValueError("plot_gallery() expects either `path` to be set, or `show` to be true.")
    if (y_true is not None or y_pred is not None) and label_map is None:
        raise ValueError("If `y_true` or `y_pred` are provided, a `label_map` must also be provided.")
    show = path is None if show is None else show
    shape = ops.shape(images)
    if len(shape) != 4:
        raise ValueError("`plot_images_gallery()` requires you to batch your `np.array` samples together.")
    rows = rows or math.ceil(math.sqrt(shape[0]))
    cols = cols or math.ceil(shape[0] // rows)
    pixels = ops.convert_to_numpy(_last(images[: rows * cols], data_format)).astype("float32")
    low, high = value_range
    pixels = np.clip((pixels - low) / (high - low) * 255, 0, 255).astype("uint8")
    figure, axes = plt.subplots(
        nrows=rows,
        ncols=cols,
        figsize=(cols * scale, rows * scale),
        frameon=False,
        layout="tight",
        squeeze=False,
        sharex="row",
        sharey="col",
    )
    figure.subplots_adjust(wspace=0, hspace=0)
    if legend_handles is not None:
        figure.legend(handles=legend_handles, loc="lower center")
    titles = [("Label", y_true), ("Pred", y_pred)]
    titles = [(word, ops.convert_to_numpy(values)) for word, values in titles if values is not None]
    for index, axis in enumerate(axes.ravel()):
        axis.margins(x=0, y=0)
        axis.axis("off")
        if index >= len(pixels):
            continue
        axis.imshow(pixels[index])
        parts = [f"{word}: {label_map.get(values[index], 'Unknown')}" for word, values in titles if index < len(values)]
        if parts:
            axis.set_title("  ".join(parts), fontsize=8)
    if path is not None:
        plt.savefig(fname=path, pad_inches=0, bbox_inches="tight", transparent=transparent, dpi=dpi)
        plt.close()
    elif show:
        plt.show()
        plt.close()


def plot_bounding_box_gallery(
    images: Any,
    bounding_box_format: str,
    y_true: Any = None,
    y_pred: Any = None,
    value_range: Any = (0, 255),
    true_color: Any = (0, 188, 212),
    pred_color: Any = (255, 235, 59),
    line_thickness: int = 2,
    font_scale: float = 1.0,
    text_thickness: int | None = None,
    class_mapping: Any = None,
    ground_truth_mapping: Any = None,
    prediction_mapping: Any = None,
    legend: bool = False,
    legend_handles: Any = None,
    rows: int | None = None,
    cols: int | None = None,
    data_format: str | None = None,
    **kwargs: Any,
) -> None:
    """Shows images with true and predicted boxes as a grid.

    Args:
      images: array or tensor ``[batch, height, width, channels]``, or channels first.
      bounding_box_format: as of ``draw_bounding_boxes``.
      y_true: dict of true boxes and labels.
      y_pred: dict of predicted boxes and labels.
      value_range: pair of numbers, black and white.
      true_color: triple of ints from 0 to 255.
      pred_color: triple of ints from 0 to 255.
      line_thickness: int, pixels.
      font_scale: float, the text's size.
      text_thickness: int, pixels.
      class_mapping: dict of the names of classes.
      ground_truth_mapping: dict of the names of true classes.
      prediction_mapping: dict of the names of predicted classes.
      legend: bool, whether a legend explains the colours.
      legend_handles: what a legend of your own explains.
      rows: int.
      cols: int.
      data_format: "channels_last" or "channels_first".
      **kwargs: arguments of ``plot_image_gallery``.

    Raises:
      ValueError: another rank, or both a legend and handles.
    """
    shape = ops.shape(images)
    if len(shape) != 4:
        raise ValueError(f"`images` must be batched 4D tensor. Received: images.shape={shape}")
    pictures: Any = ops.convert_to_numpy(_last(images, data_format))
    draw = functools.partial(
        draw_bounding_boxes,
        bounding_box_format=bounding_box_format,
        line_thickness=line_thickness,
        text_thickness=text_thickness or line_thickness,
        font_scale=font_scale,
        data_format="channels_last",
    )
    if y_true is not None:
        pictures = draw(pictures, y_true, color=true_color, class_mapping=ground_truth_mapping or class_mapping)
    if y_pred is not None:
        pictures = draw(pictures, y_pred, color=pred_color, class_mapping=prediction_mapping or class_mapping)
    if legend:
        if legend_handles:
            raise ValueError(
                "Only pass `legend` OR `legend_handles` to `keras.visualization.plot_bounding_box_gallery()`."
            )
        _pyplot("plot_bounding_box_gallery")
        from matplotlib import patches

        legend_handles = [
            patches.Patch(color=np.array(color) / 255.0, label=label)
            for color, label in ((true_color, "Ground Truth"), (pred_color, "Prediction"))
        ]
    plot_image_gallery(
        pictures,
        value_range=value_range,
        legend_handles=legend_handles,
        rows=rows,
        cols=cols,
        data_format="channels_last",
        **kwargs,
    )


def plot_segmentation_mask_gallery(
    images: Any,
    num_classes: int,
    value_range: Any = (0, 255),
    y_true: Any = None,
    y_pred: Any = None,
    color_mapping: Any = None,
    blend: bool = True,
    alpha: float = 0.8,
    ignore_index: int = -1,
    data_format: str | None = None,
    **kwargs: Any,
) -> None:
    """Shows images beside their true and predicted masks, one image a row.

    Args:
      images: array or tensor ``[batch, height, width, 3]``, or channels first.
      num_classes: int.
      value_range: pair of numbers, black and white.
      y_true: true masks ``[batch, height, width, 1]``.
      y_pred: predicted masks ``[batch, height, width, 1]``.
      color_mapping: dict of the colours of classes.
      blend: bool, whether colours are mixed with the images.
      alpha: float from 0 to 1, how strong the colours are.
      ignore_index: int, the class that is not drawn.
      data_format: "channels_last" or "channels_first".
      **kwargs: arguments of ``plot_image_gallery``.

    Raises:
      ValueError: another rank.
    """
    shape = ops.shape(images)
    if len(shape) != 4:
        raise ValueError(f"`images` must be batched 4D tensor. Received: images.shape={shape}")
    pictures = ops.convert_to_numpy(_last(images, data_format))
    columns = [pictures]
    for masks in (y_true, y_pred):
        if masks is not None:
            drawn = draw_segmentation_masks(
                pictures,
                ops.cast(_last(masks, data_format), "int32"),
                num_classes,
                color_mapping,
                alpha,
                blend,
                ignore_index,
                "channels_last",
            )
            columns.append(ops.convert_to_numpy(drawn))
    grid = np.stack([column[i] for i in range(shape[0]) for column in columns], axis=0)
    plot_image_gallery(
        grid, value_range=value_range, rows=shape[0], cols=len(columns), data_format="channels_last", **kwargs
    )
