"""The two data sets of the examples, as numpy arrays: no TensorFlow in here."""

import gzip
import os
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
FASHION = pathlib.Path(os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"))


def load_digits():
    """8×8 handwritten digits: (train images, train labels), (test images, test labels).

    Images are float32 [examples, 64] with values from 0 to 1, labels int32 [examples]; 1500 examples to train on, 297
    to test with.
    """
    with gzip.open(HERE / "digits.csv.gz", "rt") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.float32)
    images, labels = table[:, :64] / 16, table[:, 64].astype(np.int32)
    return (images[:1500], labels[:1500]), (images[1500:], labels[1500:])


def load_fashion():
    """Fashion-MNIST from Debian's package dataset-fashion-mnist, or None where that is not installed.

    Images are uint8 [examples, 28, 28], labels uint8 [examples].
    """
    if not FASHION.is_dir():
        return None

    def read(name, offset, shape):
        return np.frombuffer(gzip.open(FASHION / name).read(), np.uint8, offset=offset).reshape(shape)

    return tuple(
        (
            read(f"{part}-images-idx3-ubyte.gz", 16, (-1, 28, 28)),
            read(f"{part}-labels-idx1-ubyte.gz", 8, (-1,)),
        )
        for part in ("train", "t10k")
    )
