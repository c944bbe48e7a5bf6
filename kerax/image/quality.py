"""How alike images are, and how they change from pixel to pixel."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.image.colour import converted
from kerax.math.arithmetic import abs as absolute
from kerax.math.casting import cast
from kerax.nn._convolve import depthwise


def _compatible(first: Any, second: Any) -> None:
    one, two = tuple(first.shape), tuple(second.shape)
    fits = len(one) >= 3 and len(two) >= 3 and one[-3:] == two[-3:]
    fits = fits and all(a == b or 1 in (a, b) for a, b in zip(one[:-3][::-1], two[:-3][::-1], strict=False))
    if not fits:
        raise ValueError(f"Two images are not compatible: {first.shape} and {second.shape}")


@op("a: float int; b: float int; max_val")
def _psnr(a, b, max_val):
    top = converted(max_val, dtypes.float32)
    unit = converted(jnp.ones((), a.dtype), dtypes.float32)  # scaled after the difference: equal images have none
    difference = (a.astype(jnp.float32) - b.astype(jnp.float32)) * unit
    error = jnp.mean(jnp.square(difference), axis=(-3, -2, -1))
    return 20 * jnp.log(top) / np.float32(np.log(10.0)) - np.float32(10 / np.log(10)) * jnp.log(error)


@composed
def psnr(a: Any, b: Any, max_val: Any, name: str | None = None) -> Any:
    """The peak signal-to-noise ratio of images, in decibels: ``20 log10(max_val) - 10 log10(mean((a - b)²))``.

    Args:
      a: tensor [..., height, width, channels].
      b: tensor of the same shape.
      max_val: number, the range of the pixels, such as 255.
      name: str, optional.

    Returns:
      float32 Tensor [...].

    Raises:
      ValueError: the shapes differ.
      InvalidArgumentError: they do not even broadcast.

    >>> import kerax as tf
    >>> round(float(tf.image.psnr(tf.ones([2, 2, 1]), tf.zeros([2, 2, 1]), max_val=10.0)), 3)
    20.0
    """
    a, b = convert_to_tensor(a), convert_to_tensor(b)
    if any(one != two and 1 not in (one, two) for one, two in zip(a.shape[::-1], b.shape[::-1], strict=False)):
        raise errors.InvalidArgumentError(None, None, f"Incompatible shapes: {a.shape} vs. {b.shape}")
    _compatible(a, b)
    return _psnr(a, b, cast(max_val, a.dtype))


def _window(size: int, sigma: float) -> tuple[Any, Any]:
    """A Gaussian window as two kernels, along the height and along the width."""
    place = jnp.arange(size, dtype=jnp.float32) - jnp.float32((size - 1) / 2)
    line = jax.nn.softmax(jnp.square(place) * jnp.float32(-0.5 / sigma**2))
    return line[:, None], line[None, :]


def _each_channel(x: Any, *kernels: Any) -> Any:
    """Correlations of every channel with kernels, one after the other, where they lie inside the image."""
    out = x.reshape(-1, *x.shape[-3:])
    with jax.default_matmul_precision("highest"):
        for kernel in kernels:
            factors = jnp.broadcast_to(kernel[..., None, None], (*kernel.shape, x.shape[-1], 1))
            out = depthwise(out, factors, (1, 1), "VALID", (1, 1))
    return out.reshape(*x.shape[:-3], *out.shape[1:])


def _likeness(x: Any, y: Any, top: Any, size: int, sigma: float, k1: float, k2: float) -> tuple[Any, Any]:
    """Maps of the luminance and of the contrast-structure terms."""
    if min(x.shape[-3], x.shape[-2], y.shape[-3], y.shape[-2]) < size:
        raise errors.InvalidArgumentError(
            None, None, f"assertion failed: images of {x.shape[-3]} x {x.shape[-2]} are smaller than the filter, {size}"
        )
    window = _window(size, sigma)
    x, y = jnp.broadcast_arrays(x, y)
    c1, c2 = (k1 * top) ** 2, (k2 * top) ** 2
    mean_x, mean_y = _each_channel(x, *window), _each_channel(y, *window)
    product, squares = mean_x * mean_y * 2, jnp.square(mean_x) + jnp.square(mean_y)
    luminance = (product + c1) / (squares + c1)
    both = _each_channel(x * y, *window) * 2
    own = _each_channel(jnp.square(x) + jnp.square(y), *window)
    return luminance, (both - product + c2) / (own - squares + c2)


@op("img1: float int; img2: float int; max_val")
def _ssim(img1, img2, max_val, filter_size, filter_sigma, k1, k2, return_index_map):
    x, y = converted(img1, dtypes.float32), converted(img2, dtypes.float32)
    top = converted(max_val, dtypes.float32)
    luminance, structure = _likeness(x, y, top, filter_size, filter_sigma, k1, k2)
    value = luminance * structure
    return jnp.mean(value if return_index_map else jnp.mean(value, axis=(-3, -2)), axis=-1)


@composed
def ssim(
    img1: Any,
    img2: Any,
    max_val: Any,
    filter_size: int = 11,
    filter_sigma: float = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
    return_index_map: bool = False,
) -> Any:
    """The structural similarity of images (https://doi.org/10.1109/TIP.2003.819861).

    Args:
      img1: tensor [..., height, width, channels].
      img2: tensor of the same shape.
      max_val: number, the range of the pixels, such as 255.
      filter_size: int, the side of the gaussian window, in pixels.
      filter_sigma: float, its standard deviation, in pixels.
      k1: float.
      k2: float.
      return_index_map: bool, whether to return the similarity at each place instead of its mean.

    Returns:
      float32 Tensor [...], or [..., height - filter_size + 1, width - filter_size + 1].

    Raises:
      ValueError: the shapes differ.
      InvalidArgumentError: the images are smaller than the window.

    >>> import kerax as tf
    >>> float(tf.image.ssim(tf.ones([3, 3, 1]), tf.ones([3, 3, 1]), 1.0, filter_size=3))
    1.0
    """
    img1, img2 = convert_to_tensor(img1), convert_to_tensor(img2)
    _compatible(img1, img2)
    return _ssim(
        img1,
        img2,
        cast(max_val, img1.dtype),
        int(filter_size),
        float(filter_sigma),
        float(k1),
        float(k2),
        bool(return_index_map),
    )


def _halved(x: Any) -> Any:
    """Means of squares of two pixels; odd sides are extended by their last pixel."""
    pads = [(0, 0)] * (x.ndim - 3) + [(0, x.shape[-3] % 2), (0, x.shape[-2] % 2), (0, 0)]
    x = jnp.pad(x, pads, mode="symmetric")
    shape = (*x.shape[:-3], x.shape[-3] // 2, 2, x.shape[-2] // 2, 2, x.shape[-1])
    return jnp.mean(x.reshape(shape), axis=(-4, -2))


@op("img1: float int; img2: float int; max_val")
def _ssim_multiscale(img1, img2, max_val, power_factors, filter_size, filter_sigma, k1, k2):
    x, y = converted(img1, dtypes.float32), converted(img2, dtypes.float32)
    top = converted(max_val, dtypes.float32)
    terms = []
    for scale, power in enumerate(power_factors):
        if scale:
            x, y = _halved(x), _halved(y)
        luminance, structure = _likeness(x, y, top, filter_size, filter_sigma, k1, k2)
        last = scale == len(power_factors) - 1
        term = jnp.mean(luminance * structure if last else structure, axis=(-3, -2))
        terms.append(jax.nn.relu(term) ** np.float32(power))
    return jnp.mean(jnp.prod(jnp.stack(terms, axis=-1), axis=-1), axis=-1)


@composed
def ssim_multiscale(
    img1: Any,
    img2: Any,
    max_val: Any,
    power_factors: Any = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333),
    filter_size: int = 11,
    filter_sigma: float = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
) -> Any:
    """The structural similarity of images at several scales (https://doi.org/10.1109/ACSSC.2003.1292216).

    Args:
      img1: tensor [..., height, width, channels].
      img2: tensor of the same shape.
      max_val: number, the range of the pixels, such as 255.
      power_factors: list of floats, the weight of each scale; every scale halves the sides.
      filter_size: int, the side of the gaussian window, in pixels.
      filter_sigma: float, its standard deviation, in pixels.
      k1: float.
      k2: float.

    Returns:
      float32 Tensor [...].

    Raises:
      ValueError: the shapes differ.
      InvalidArgumentError: the images are smaller than the window at some scale.

    >>> import kerax as tf
    >>> float(tf.image.ssim_multiscale(tf.ones([4, 4, 1]), tf.ones([4, 4, 1]), 1.0, (0.5, 0.5), filter_size=2))
    1.0
    """
    img1, img2 = convert_to_tensor(img1), convert_to_tensor(img2)
    _compatible(img1, img2)
    powers = tuple(float(power) for power in power_factors)
    return _ssim_multiscale(
        img1, img2, cast(max_val, img1.dtype), powers, int(filter_size), float(filter_sigma), float(k1), float(k2)
    )


@op("images: number")
def _total_variation(images):
    axes = None if images.ndim == 3 else (1, 2, 3)
    up = images.ndim - 3
    parts = [
        jnp.sum(absolute.pure(jnp.diff(images, axis=axis)), axis=axes, dtype=images.dtype) for axis in (up, up + 1)
    ]
    return parts[0] + parts[1]


@composed
def total_variation(images: Any, name: str | None = None) -> Any:
    """The sum of absolute differences of neighbouring pixels, a measure of noise.

    Args:
      images: tensor [batch, height, width, channels] or [height, width, channels].
      name: str, optional.

    Returns:
      Tensor [batch] or scalar, of the same dtype.

    Raises:
      ValueError: ``images`` have not three or four dimensions.

    >>> import kerax as tf
    >>> float(tf.image.total_variation(tf.constant([[[1.0], [3.0]]])))
    2.0
    """
    images = convert_to_tensor(images)
    if images.shape.rank not in (3, 4):
        raise ValueError("'images' must be either 3 or 4-dimensional.")
    return _total_variation(images)


@op("image: number")
def _differences(image):
    dy, dx = jnp.diff(image, axis=1), jnp.diff(image, axis=2)
    return jnp.pad(dy, ((0, 0), (0, 1), (0, 0), (0, 0))), jnp.pad(dx, ((0, 0), (0, 0), (0, 1), (0, 0)))


@composed
def image_gradients(image: Any) -> Any:
    """Differences to the pixel below and to the right; 0 at the edge.

    Args:
      image: tensor [batch, height, width, channels].

    Returns:
      (dy, dx), two Tensors like ``image``.

    Raises:
      ValueError: ``image`` has not four dimensions.

    >>> import kerax as tf
    >>> tf.image.image_gradients(tf.constant([[[[1.0], [3.0]]]]))[1].numpy().ravel()
    array([2., 0.], dtype=float32)
    """
    image = convert_to_tensor(image)
    if image.shape.rank != 4:
        raise ValueError(f"image_gradients expects a 4D tensor [batch_size, h, w, d], not {image.shape}.")
    return _differences(image)


@op("image: float")
def _sobel(image):
    kernel = jnp.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], image.dtype)
    padded = jnp.pad(image, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect")
    return jnp.stack([_each_channel(padded, kernel), _each_channel(padded, kernel.T)], axis=-1)


@composed
def sobel_edges(image: Any) -> Any:
    """Edges along the height and the width, by Sobel's filters.

    Args:
      image: tensor [batch, height, width, channels], floating point, of at least 2 x 2 pixels.

    Returns:
      Tensor [batch, height, width, channels, 2]: dy and dx.

    >>> import kerax as tf
    >>> tf.image.sobel_edges(tf.ones([1, 2, 2, 1])).shape
    TensorShape([1, 2, 2, 1, 2])
    """
    return _sobel(image)
