"""Cases of tf.signal and tf.bitwise."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def grad(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
G = tf.signal
X = c(np.random.RandomState(0).randn(2, 16).astype("float32"))
C = tf.complex(X, X + 1)
"""

CASES = {
    "fft_1": PRELUDE
    + """
[
    G.fft(C[0]),
    err(lambda: G.fft(X)),
    G.fft([1.,2.]),
    G.ifft(C[0]),
    G.fft2d(C),
    err(lambda: G.fft3d(C)),
    G.ifft2d(C)[0,:3],
    G.rfft(X)[0],
    G.rfft([1.,2.,3.,4.]),
    G.rfft([1,2,3,4]),
    G.rfft(X,[8])[0],
    G.rfft(X,[20])[0],
]""",
    "fft_2": PRELUDE
    + """
[
    err(lambda: G.rfft(C)),
    G.irfft(C)[0],
    G.irfft(C,[7])[0],
    err(lambda: G.irfft(X)),
    G.rfft2d(X)[0],
    G.irfft2d(C)[0],
    G.rfft2d(X,[2,8])[0],
    G.fftshift([[0,1,2],[3,4,5]]),
    G.ifftshift([[0,1,2],[3,4,5]],axes=1),
    G.fftshift([0,1,2,3],axes=(0,)),
]""",
    "frame": PRELUDE
    + """
[
    G.frame([1,2,3,4,5],3,2),
    G.frame([1,2,3,4,5],3,2,pad_end=True,pad_value=9),
    G.frame([[1,2],[3,4],[5,6]],2,1,axis=0),
    G.frame(X,20,2).shape,
    err(lambda: G.frame([1,2,3,4,5],3,2,pad_end=True,pad_value=1.5)),
]""",
    "overlap": PRELUDE
    + """
[
    G.overlap_and_add([[1.,1.,1.],[2.,2.,2.]],1),
    err(lambda: G.overlap_and_add([1.,2.],1)),
]""",
    "stft": PRELUDE
    + """
[
    G.stft(X,8,4)[0],
    G.stft(X,6,4,fft_length=8,window_fn=None,pad_end=True)[0],
    G.stft(X,6,4,window_fn=G.hamming_window)[0],
]""",
    "inv": PRELUDE
    + """
[
    G.inverse_stft(G.stft(X,8,4),8,4)[0],
    G.inverse_stft(G.stft(X,8,4),8,4,window_fn=G.inverse_stft_window_fn(4))[0],
    G.inverse_stft(G.stft(X,6,4),6,4,window_fn=None)[0],
    G.inverse_stft_window_fn(3)(8,dtype=tf.float32),
    G.inverse_mdct(G.mdct(X,8))[0],
    G.inverse_mdct(G.mdct(X,8,norm='ortho'),norm='ortho',window_fn=None)[0],
]""",
    "mdct": PRELUDE
    + """
[
    G.mdct(X,8)[0],
    G.mdct(X,8,window_fn=None,norm='ortho',pad_end=True)[0],
    err(lambda: G.mdct(X,6)),
]""",
    "window_1": PRELUDE
    + """
[
    G.hann_window(5),
    G.hann_window(6),
    G.hann_window(6,periodic=False),
    G.hann_window(1),
    G.hann_window(0),
    G.hann_window(6,dtype=tf.float64),
    err(lambda: G.hann_window(6,dtype=tf.int32)),
    G.hamming_window(5),
    G.kaiser_window(6),
    G.kaiser_window(5,beta=3.),
    G.kaiser_window(1),
    G.vorbis_window(6),
]""",
    "window_2": PRELUDE
    + """
[
    G.vorbis_window(5,dtype=tf.float64),
]""",
    "special": PRELUDE
    + """
[
    G.kaiser_bessel_derived_window(6),
]""",
    "dct_1": PRELUDE
    + """
[
    G.dct([1.,2.,4.]),
    G.dct([1.,2.,4.],norm='ortho'),
    G.dct([1.,2.,4.],type=3),
    G.dct([1.,2.,4.],type=3,norm='ortho'),
    G.dct([1.,2.,4.],type=4),
    G.dct([1.,2.,4.],type=4,norm='ortho'),
    G.dct([1.,2.,4.],n=2),
    G.dct([1.,2.,4.],n=5),
    err(lambda: G.dct([1.,2.,4.],type=5)),
    err(lambda: G.dct([1.,2.,4.],axis=0)),
    err(lambda: G.dct([1.,2.,4.],norm='x')),
    G.idct([1.,2.,4.]),
]""",
    "dct_2": PRELUDE
    + """
[
    G.idct([1.,2.,4.],type=3,norm='ortho'),
    G.idct([1.,2.,4.],type=4),
]""",
    "mel": PRELUDE
    + """
[
    G.linear_to_mel_weight_matrix(4,9,8000,100.,3000.),
    err(lambda: G.linear_to_mel_weight_matrix(4,9,8000,100.,5000.)),
    G.linear_to_mel_weight_matrix(4,9,dtype=tf.float64)[:,0],
    G.mfccs_from_log_mel_spectrograms(X)[0],
]""",
    "gradient_fft": PRELUDE
    + """
[
    grad(lambda x:tf.abs(G.rfft(x)),X.numpy()[0,:4]),
    grad(lambda x:tf.math.real(G.fft(tf.cast(x,tf.complex64))),X.numpy()[0,:4]),
    grad(lambda x:G.irfft(tf.cast(x,tf.complex64))**2,X.numpy()[0,:4]),
]""",
    "gradient_stft": PRELUDE
    + """
[
    grad(lambda x:tf.abs(G.stft(x,4,2)),X.numpy()[0,:8]),
]""",
    "gradient_dct": PRELUDE
    + """
[
    grad(lambda x:G.dct(x)**2,X.numpy()[0,:4]),
]""",
    "gradient_overlap": PRELUDE
    + """
[
    grad(lambda x:G.overlap_and_add(G.frame(x,3,1),1)**2,X.numpy()[0,:4]),
]""",
    "gradient_elementwise": PRELUDE
    + """
[
    grad(lambda x: tf.abs(tf.complex(x,x*2)),[0.,1.]),
]""",
    "bitwise": PRELUDE
    + """
[
    tf.bitwise.bitwise_and(c([5,7]),3),
    tf.bitwise.left_shift(c([1,2],tf.int8),c([7,9],tf.int8)),
    tf.bitwise.right_shift(c([-8,2],tf.int8),c([1,9],tf.int8)),
    tf.bitwise.invert(c([1,2],tf.uint8)),
    err(lambda: tf.bitwise.bitwise_xor([1.],[2.])),
]""",
}
