"""Cases of tf.image."""

PRELUDE = """\
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def grad(f, *xs):
    xs = [tf.convert_to_tensor(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
I = tf.image
r = np.random.RandomState(0)
X = c(r.rand(5, 7, 3).astype("float32"))
U = c(r.randint(0, 256, (5, 7, 3)), tf.uint8)
B = tf.stack([X, 1 - X])
G = c(r.rand(4, 4, 1).astype("float32"))
BOX = c([[0.0, 0.0, 1.0, 1.0], [0.1, 0.0, 1.0, 1.0], [0.0, 0.0, 0.4, 0.4], [0.9, 0.6, 0.5, 0.5], [0.5, 0.5, 0.9, 0.62]])
SCORE = c([0.7, 0.9, 0.8, 0.3, 0.5])
"""


def _cases(**groups: str) -> dict[str, str]:
    return {name: f"{PRELUDE}\n[\n{body.strip()}\n]" for name, body in groups.items()}


_METHODS = '("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")'

CASES = _cases(
    resize_smaller=f"*[I.resize(X, [3, 4], method=m) for m in {_METHODS}], *[I.resize(B, [2, 2], method=m, antialias=True) for m in {_METHODS}],",
    resize_larger=f"*[I.resize(X, [9, 11], method=m) for m in {_METHODS}], *[I.resize(X, [9, 3], method=m, antialias=True) for m in {_METHODS}],",
    resize_other="""
    I.resize(U, [3, 4]), I.resize(U, [3, 4], "nearest"), I.resize(U, [3, 4], "bicubic"), I.resize(U, [5, 7]), I.resize(tf.cast(X, tf.float64), [3, 4]), I.resize(tf.cast(X, tf.float16), [3, 4], "lanczos3"),
    I.resize(X, [8, 8], preserve_aspect_ratio=True), I.resize(X, c([3, 9]), preserve_aspect_ratio=True).shape, I.resize(X, [1, 1]), I.resize(X, (40, 30), "area").shape, I.resize(U, [6, 6], I.ResizeMethod.NEAREST_NEIGHBOR),
    grad(lambda x: I.resize(x, [3, 4]) ** 2, X), grad(lambda x: I.resize(x, [8, 9], "bicubic") ** 2, X), grad(lambda x: I.resize(x, [3, 4], "nearest") ** 2, X), grad(lambda x: I.resize(x, [3, 4], "lanczos3", antialias=True), X),
    err(lambda: I.resize(X, [3])), err(lambda: I.resize(X, 3)), err(lambda: I.resize(X, [3, 4], "cubic")), err(lambda: I.resize(X[0], [2, 2])), err(lambda: I.resize(X, [2.5, 3.0])), tf.function(lambda x: I.resize(x, [3, 4]))(X),
    I.resize_with_pad(X, 8, 8), I.resize_with_pad(X, 3, 9), I.resize_with_pad(B, 4, 3, "nearest"), I.resize_with_pad(X, 6, 4, "bicubic", antialias=True), err(lambda: I.resize_with_pad(X, 0, 3)), I.resize_with_pad(U, 6, 6),
    I.resize(tf.reshape(tf.range(2400.0), [40, 60, 1]), [7, 9], antialias=True), I.resize(tf.reshape(tf.range(2400.0), [40, 60, 1]), [7, 9], "lanczos5", antialias=True),
    """,
    crop="""
    I.crop_to_bounding_box(X, 1, 2, 2, 3), I.crop_to_bounding_box(B, c(1), c(2), 2, 3), I.pad_to_bounding_box(X, 1, 1, 7, 9), I.pad_to_bounding_box(U, 0, 0, 6, 8), I.central_crop(X, 0.5), I.central_crop(B, 0.3), I.central_crop(X, 1.0),
    I.resize_with_crop_or_pad(X, 2, 9), I.resize_with_crop_or_pad(B, 8, 3), I.resize_with_crop_or_pad(U, 4, 4), grad(lambda x: I.crop_to_bounding_box(x, 1, 1, 2, 2), G), grad(lambda x: I.pad_to_bounding_box(x, 1, 1, 6, 6) ** 2, G),
    err(lambda: I.crop_to_bounding_box(X, 4, 4, 4, 4)), err(lambda: I.crop_to_bounding_box(X, -1, 0, 2, 2)), err(lambda: I.crop_to_bounding_box(X, 0, 0, 0, 2)), err(lambda: I.pad_to_bounding_box(X, 0, 0, 3, 3)), err(lambda: I.pad_to_bounding_box(X, -1, 0, 9, 9)),
    err(lambda: I.central_crop(X, 0.0)), err(lambda: I.central_crop(X, 1.5)), err(lambda: I.central_crop(X[0], 0.5)), err(lambda: I.crop_to_bounding_box(X[0], 0, 0, 1, 1)), err(lambda: I.resize_with_crop_or_pad(X, 0, 3)),
    I.stateless_random_crop(X, [2, 3, 3], (1, 2)), I.stateless_random_crop(tf.range(20), [4], (5, 6)), I.stateless_random_crop(B, [1, 3, 3, 3], (3, 4)), I.random_crop(X, [2, 3, 3]).shape, err(lambda: I.random_crop(X, [6, 3, 3])), err(lambda: I.stateless_random_crop(X, [6, 3, 3], (1, 2))),
    """,
    flip="""
    I.flip_left_right(X), I.flip_up_down(B), I.transpose(X), I.transpose(B), I.rot90(X), I.rot90(B, 2), I.rot90(X, 3), I.rot90(X, k=-1), I.rot90(G, c(1)), I.rot90(X, 5), err(lambda: I.flip_left_right(X[0])), err(lambda: I.flip_up_down(X[None, None])),
    err(lambda: I.transpose(X[0])), err(lambda: I.rot90(X[0])), *[I.stateless_random_flip_left_right(X, (1, s)) for s in range(3)], *[I.stateless_random_flip_up_down(G, (1, s)) for s in range(3)],
    I.stateless_random_flip_left_right(tf.stack([G] * 5), (3, 4)), I.stateless_random_flip_up_down(tf.stack([U] * 4), (3, 4)), I.random_flip_left_right(X).shape, I.random_flip_up_down(B, seed=3).shape,
    grad(lambda x: I.flip_left_right(x) * G, G), grad(lambda x: I.rot90(x) * G, G),
    """,
    colour="""
    I.rgb_to_grayscale(X), I.rgb_to_grayscale(U), I.grayscale_to_rgb(G), I.rgb_to_hsv(X), I.hsv_to_rgb(X), I.hsv_to_rgb(I.rgb_to_hsv(B)), I.rgb_to_yiq(X), I.yiq_to_rgb(X), I.rgb_to_yuv(X), I.yuv_to_rgb(X), I.rgb_to_hsv([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [1.0, 0.0, 1.0]]),
    I.rgb_to_hsv(tf.cast(X, tf.float64)), err(lambda: I.grayscale_to_rgb(X)), err(lambda: I.rgb_to_grayscale(G)), err(lambda: I.rgb_to_hsv(G)), err(lambda: I.rgb_to_hsv(U)), err(lambda: I.rgb_to_yiq(G)),
    I.convert_image_dtype(U, tf.float32), I.convert_image_dtype(X, tf.uint8), I.convert_image_dtype(X * 2 - 0.5, tf.uint8, saturate=True), I.convert_image_dtype(U, tf.uint16), I.convert_image_dtype(U, tf.int32), I.convert_image_dtype(c([300, 70000], tf.int32), tf.uint8),
    I.convert_image_dtype(c([-128, 127], tf.int8), tf.uint8), I.convert_image_dtype(X, tf.float16), I.convert_image_dtype(U, tf.int8), I.convert_image_dtype(c([1, 2], tf.uint16), tf.float64), I.convert_image_dtype(X, tf.int16), I.convert_image_dtype(X, tf.float32),
    err(lambda: I.convert_image_dtype(X, tf.bool)), err(lambda: I.convert_image_dtype(c([True]), tf.float32)), grad(I.rgb_to_grayscale, X), grad(lambda x: I.rgb_to_hsv(x)[..., 1:], X), I.convert_image_dtype([1, 2], tf.float32),
    """,
    adjust="""
    I.adjust_brightness(X, 0.2), I.adjust_brightness(U, 0.2), I.adjust_brightness(U, -0.5), I.adjust_contrast(X, 1.5), I.adjust_contrast(U, 2.0), I.adjust_contrast(B, 0.3), I.adjust_gamma(X, 2.0, 0.5), I.adjust_gamma(U, 0.5), I.adjust_gamma(X),
    I.adjust_hue(X, 0.2), I.adjust_hue(X, -0.7), I.adjust_hue(U, 0.1), I.adjust_hue(X * 3 - 1, 0.3), I.adjust_saturation(X, 0.5), I.adjust_saturation(X, 3.0), I.adjust_saturation(U, 1.7), I.adjust_saturation(B, c(0.0)), I.per_image_standardization(X), I.per_image_standardization(U), I.per_image_standardization(B),
    I.per_image_standardization(tf.ones([2, 2, 1])), I.adjust_brightness(tf.cast(X, tf.float16), 0.5), I.adjust_brightness(c([[[1, 2, 3]]], tf.int32), 0.1),
    err(lambda: I.adjust_gamma(X, -1.0)), err(lambda: I.adjust_hue(X, 1.5)), err(lambda: I.adjust_hue(G, 0.5)), err(lambda: I.adjust_saturation(G, 0.5)), err(lambda: I.adjust_contrast(X[0], 2.0)), err(lambda: I.per_image_standardization(X[0])),
    grad(lambda x: I.adjust_brightness(x, 0.2) ** 2, X), grad(lambda x: I.adjust_gamma(x, 2.0), X), grad(lambda x: I.per_image_standardization(x) ** 3, G),
    """,
    augment="""
    I.stateless_random_brightness(X, 0.3, (1, 2)), I.stateless_random_contrast(X, 0.5, 1.5, (1, 2)), I.stateless_random_hue(X, 0.3, (1, 2)), I.stateless_random_saturation(X, 0.5, 1.5, (1, 2)), I.stateless_random_brightness(U, 0.3, c([1, 2])), I.stateless_random_saturation(U, 0.5, 1.5, (3, 2)),
    I.random_brightness(X, 0.3).shape, I.random_contrast(X, 0.5, 1.5).shape, I.random_hue(X, 0.3).shape, I.random_saturation(X, 0.5, 1.5).shape, I.random_jpeg_quality(U, 70, 90).shape, I.stateless_random_jpeg_quality(U, 70, 90, (1, 2)).dtype,
    err(lambda: I.random_brightness(X, -0.3)), err(lambda: I.random_contrast(X, 1.5, 0.5)), err(lambda: I.random_hue(X, 0.6)), err(lambda: I.random_saturation(X, -1.0, 0.5)), err(lambda: I.random_jpeg_quality(U, 90, 70)), err(lambda: I.random_jpeg_quality(U, 90, 101)), err(lambda: I.stateless_random_hue(X, -0.1, (1, 2))),
    bool(tf.reduce_all(tf.abs(I.random_brightness(X, 0.3) - X) <= 0.3001)),
    """,
    quality="""
    I.psnr(X, 1 - X, 1.0), I.psnr(U, 255 - U, 255), I.psnr(B, B * 0.5, 2.0), I.ssim(X, X * 0.5, 1.0, filter_size=3), I.ssim(B, B[::-1], 1.0, 5, 1.0, 0.02, 0.04), I.ssim(U, 255 - U, 255, filter_size=5), I.ssim(X, 1 - X, 1.0, filter_size=3, return_index_map=True),
    I.ssim_multiscale(tf.tile(B, [1, 4, 4, 1]), tf.tile(B, [1, 4, 4, 1]) * 0.9, 1.0, power_factors=(0.3, 0.3, 0.4), filter_size=4), I.ssim_multiscale(tf.tile(U, [3, 3, 1]), 255 - tf.tile(U, [3, 3, 1]), 255, power_factors=(0.5, 0.5), filter_size=3),
    I.total_variation(X), I.total_variation(B), I.total_variation(tf.cast(U, tf.int32)), I.image_gradients(B), I.sobel_edges(B), I.sobel_edges(G[None]), err(lambda: I.psnr(X, G, 1.0)), err(lambda: I.ssim(X, G, 1.0)), err(lambda: I.ssim(X, X, 1.0)), err(lambda: I.total_variation(X[0])), err(lambda: I.image_gradients(X)),
    grad(lambda x: I.ssim(x, G, 1.0, filter_size=3), 1 - G), grad(I.total_variation, G),
    """,
    patches="""
    I.extract_patches(B, [1, 2, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"), I.extract_patches(B, [1, 3, 3, 1], [1, 2, 3, 1], [1, 1, 1, 1], "SAME"), I.extract_patches(B, [1, 2, 2, 1], [1, 1, 1, 1], [1, 2, 3, 1], "VALID"), I.extract_patches(U[None], [1, 2, 2, 1], [1, 3, 3, 1], [1, 2, 2, 1], "SAME"),
    grad(lambda x: I.extract_patches(x, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "SAME") ** 2, G[None]), err(lambda: I.extract_patches(X, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "SAME")), err(lambda: I.extract_patches(B, [2, 2], [1, 1, 1, 1], [1, 1, 1, 1], "SAME")), err(lambda: I.extract_patches(B, [1, 9, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID")),
    I.crop_and_resize(B, BOX, [0, 1, 0, 1, 1], [2, 3]), I.crop_and_resize(B, BOX, [0, 1, 0, 1, 1], [2, 3], "nearest"), I.crop_and_resize(B, [[-0.5, -0.5, 1.5, 1.2]], [1], [4, 4], extrapolation_value=9.0), I.crop_and_resize(U[None], BOX[:2], [0, 0], [1, 1]), I.crop_and_resize(B, BOX[:1], [0], (5, 7)),
    grad(lambda x, b: I.crop_and_resize(x, b, [0, 0, 0], [3, 3]) ** 2, G[None], BOX[1:4]), err(lambda: I.crop_and_resize(B, BOX, [0, 1, 0, 1, 5], [2, 3])), err(lambda: I.crop_and_resize(X, BOX, [0, 1, 0, 1, 1], [2, 3])), err(lambda: I.crop_and_resize(B, BOX, [0], [2, 3])), err(lambda: I.crop_and_resize(B, BOX, [0, 0, 0, 0, 0], [2, 3], "cubic")), err(lambda: I.crop_and_resize(B, BOX, [0, 0, 0, 0, 0], [0, 3])),
    I.extract_glimpse(B, [2, 3], [[0.0, 0.0], [0.5, -0.5]], noise="zero"), I.extract_glimpse(B, [3, 3], [[1.0, 2.0], [3.0, 4.0]], centered=False, normalized=False, noise="zero"), I.extract_glimpse(B, [3, 3], [[0.2, 0.3], [0.9, 0.1]], centered=False, noise="zero"),
    I.extract_glimpse(B, [3, 4], [[1.0, -2.0], [0.0, 1.0]], normalized=False, noise="zero"), I.extract_glimpse(B, [9, 9], [[0.0, 0.0], [1.0, 1.0]], noise="zero"), I.extract_glimpse(B, [9, 9], [[0.0, 0.0], [1.0, 1.0]]).shape,
    """,
    suppression="""
    I.non_max_suppression(BOX, SCORE, 5), I.non_max_suppression(BOX, SCORE, 2, 0.95), I.non_max_suppression(BOX, SCORE, 5, 0.1, 0.4), I.non_max_suppression(BOX, SCORE, 0), I.non_max_suppression(BOX, [0.5] * 5, 5), I.non_max_suppression_with_scores(BOX, SCORE, 5), I.non_max_suppression_with_scores(BOX, SCORE, 5, 1.0, 0.1, 0.5),
    I.non_max_suppression_with_scores(BOX, SCORE, 3, 0.5, 0.2, 0.3), I.non_max_suppression_overlaps([[1.0, 0.6, 0.1], [0.6, 1.0, 0.2], [0.1, 0.2, 1.0]], [0.3, 0.9, 0.5], 3), I.non_max_suppression_padded(BOX, SCORE, 4, pad_to_max_output_size=True), I.non_max_suppression_padded(BOX, SCORE, 4),
    I.non_max_suppression_padded(tf.stack([BOX, BOX[::-1]]), tf.stack([SCORE, SCORE]), 3, 0.3, 0.4, True), I.non_max_suppression_padded(BOX, tf.sort(SCORE, direction="DESCENDING"), 4, pad_to_max_output_size=True, sorted_input=True), err(lambda: I.non_max_suppression_padded(BOX[None], SCORE[None], 3)),
    err(lambda: I.non_max_suppression(BOX[:, :3], SCORE, 3)), err(lambda: I.non_max_suppression(BOX, SCORE[:3], 3)), err(lambda: I.non_max_suppression(BOX, SCORE, 3, 1.5)), I.combined_non_max_suppression(BOX[None, :, None], SCORE[None, :, None], 3, 4),
    I.combined_non_max_suppression(BOX[None, :, None] * 1.5, tf.stack([SCORE, 0.95 - SCORE], -1)[None], 3, 10, 0.4, 0.2, pad_per_class=True), I.combined_non_max_suppression(BOX[None, :, None] * 1.5, tf.stack([SCORE, 0.95 - SCORE], -1)[None], 2, 3, clip_boxes=False),
    I.combined_non_max_suppression(tf.stack([BOX, BOX[::-1]], 1)[None], tf.stack([SCORE, 0.95 - SCORE], -1)[None], 2, 6),
    """,
    boxes="""
    I.draw_bounding_boxes(B, [[[0.0, 0.0, 0.9, 0.9], [0.2, 0.3, 0.5, 1.2]], [[0.5, 0.5, 0.4, 0.4], [-0.5, 0.1, 0.7, 0.6]]], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.5]]), I.draw_bounding_boxes(G[None], [[[0.1, 0.1, 0.9, 0.9]]], None), I.draw_bounding_boxes(B, tf.ones([2, 3, 1]) * [[[0.1, 0.1, 0.7, 0.8]]], None),
    err(lambda: I.draw_bounding_boxes(X, [[[0.0, 0.0, 1.0, 1.0]]], None)), err(lambda: I.draw_bounding_boxes(B, [[0.0, 0.0, 1.0, 1.0]], None)),
    *[I.stateless_sample_distorted_bounding_box([40, 60, 3], [[[0.1, 0.2, 0.6, 0.7]]], (1, s)) for s in range(12)], *[I.stateless_sample_distorted_bounding_box(c([300, 451, 3], tf.int64), [[[0.4, 0.5, 0.6, 0.7], [0.0, 0.0, 0.2, 0.2]]], (s, 7), 0.5, [0.5, 2.0], [0.1, 0.5], 20) for s in range(8)],
    I.stateless_sample_distorted_bounding_box([40, 60, 3], tf.zeros([0, 0, 4]), (1, 2), use_image_if_no_bounding_boxes=True), I.stateless_sample_distorted_bounding_box([40, 60, 3], [[[0.1, 0.2, 0.6, 0.7]]], (1, 2), 1.0, max_attempts=1), I.stateless_sample_distorted_bounding_box([40, 60, 3], [[[0.0, 0.0, 1.0, 1.0]]], (1, 2), area_range=[0.9, 1.0], aspect_ratio_range=[1.4, 1.6]),
    err(lambda: I.stateless_sample_distorted_bounding_box([40, 60, 3], tf.zeros([0, 0, 4]), (1, 2))), err(lambda: I.stateless_sample_distorted_bounding_box([40, 60], [[[0.1, 0.2, 0.6, 0.7]]], (1, 2))), [t.shape for t in I.sample_distorted_bounding_box([40, 60, 3], [[[0.1, 0.2, 0.6, 0.7]]])],
    """,
    codec="""
    tf.io.decode_png(tf.io.encode_png(U)), tf.io.decode_png(tf.io.encode_png(U), channels=1), tf.io.decode_png(tf.io.encode_png(U), 4), tf.io.decode_png(tf.io.encode_png(U), dtype=tf.uint16), tf.io.decode_png(tf.io.encode_png(tf.cast(U, tf.uint16) * 200), dtype=tf.uint16), tf.io.decode_png(tf.io.encode_png(tf.cast(U, tf.uint16) * 200)),
    tf.io.decode_png(tf.io.encode_png(U[..., :1])), tf.io.decode_png(tf.io.encode_png(U[..., :2])), tf.io.decode_png(tf.io.encode_png(U[..., :1]), channels=3), tf.io.decode_png(tf.io.encode_png(tf.concat([U, U[..., :1]], -1)), channels=3), tf.io.decode_png(tf.io.encode_png(tf.concat([U, U[..., :1]], -1))), tf.io.encode_png(tf.stack([U, U])).shape,
    tf.io.decode_image(tf.io.encode_png(U)), tf.io.decode_image(tf.io.encode_png(U), dtype=tf.float32), tf.io.decode_image(tf.io.encode_png(U), 1, tf.uint16), tf.io.decode_image(tf.io.encode_png(U), dtype=tf.float64), tf.io.decode_image(tf.io.encode_jpeg(U), channels=3).shape, tf.io.decode_jpeg(tf.io.encode_png(U)),
    tf.io.decode_jpeg(tf.io.encode_jpeg(U)).shape, tf.io.decode_jpeg(tf.io.encode_jpeg(U), 1).shape, tf.io.decode_jpeg(tf.io.encode_jpeg(U), ratio=2).shape, tf.io.is_jpeg(tf.io.encode_jpeg(U)), tf.io.is_jpeg(tf.io.encode_png(U)), tf.io.extract_jpeg_shape(tf.io.encode_jpeg(U)), tf.io.extract_jpeg_shape(tf.io.encode_jpeg(U[..., :1]), tf.int64),
    tf.io.decode_and_crop_jpeg(tf.io.encode_jpeg(U), [1, 2, 3, 4]).shape, tf.io.decode_jpeg(tf.io.encode_jpeg(tf.fill([8, 8, 3], c(77, tf.uint8)), quality=100)), I.adjust_jpeg_quality(tf.fill([8, 8, 3], 0.5), 80), I.adjust_jpeg_quality(U, 75).shape,
    err(lambda: tf.io.decode_png(b"none")), err(lambda: tf.io.decode_image(b"none")), err(lambda: tf.io.decode_jpeg(tf.io.encode_jpeg(U), 2)), err(lambda: tf.io.decode_png(tf.io.encode_png(U), 5)), err(lambda: tf.io.encode_png(X)), err(lambda: tf.io.encode_jpeg(U[..., :2])), err(lambda: tf.io.encode_jpeg(U, quality=101)), err(lambda: tf.io.decode_and_crop_jpeg(tf.io.encode_jpeg(U), [1, 2, 30, 4])), err(lambda: tf.io.extract_jpeg_shape(tf.io.encode_png(U))),
    err(lambda: tf.io.encode_png(U[0])), err(lambda: tf.io.decode_gif(b"none")), err(lambda: tf.io.decode_bmp(b"none")),
    """,
)
CASES["equal_and_soft"] = """
I, boxes = tf.image, [[0., 0., 1., 1.], [0., 0., 1., .9], [2., 2., 3., 3.], [0., 0., 1., .5]]
u = tf.cast(tf.reshape(tf.range(96) * 7 % 251, [1, 4, 8, 3]), tf.uint8)
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
[
    I.psnr(u, u, 255), I.psnr(u, u // 2, 255), said(lambda: I.resize(u, [0, 3])), said(lambda: I.resize(u, [-1, 3])),
    I.non_max_suppression_with_scores(boxes, [.9, .8, .7, .6], 4, soft_nms_sigma=.3, score_threshold=.2),
    I.non_max_suppression_with_scores(boxes, [.9, .8, .7, .6], 4, iou_threshold=.8, soft_nms_sigma=1.),
    tf.quantization.quantize_and_dequantize_v2([-3., 1., 8.], 0., 0., signed_input=False, num_bits=4),
]"""
CASES["boxes and offsets given as integers"] = """
boxes = np.array([0, 0, 1, 1]).reshape([1, 1, 4])
x = tf.reshape(tf.range(9, dtype=tf.float32), [1, 3, 3, 1])
[
    tf.image.draw_bounding_boxes(tf.zeros([1, 3, 3, 3]), boxes, np.array([[1.0, 0, 0]])),
    tf.image.extract_glimpse(x, size=(2, 2), offsets=[[1, 1]], centered=False, normalized=False),
]"""
