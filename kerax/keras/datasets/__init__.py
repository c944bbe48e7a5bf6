"""``tf.keras.datasets``: small datasets, downloaded to ``~/.keras/datasets`` on first use."""

from kerax.keras.datasets import boston_housing as boston_housing
from kerax.keras.datasets import california_housing as california_housing
from kerax.keras.datasets import cifar10 as cifar10
from kerax.keras.datasets import cifar100 as cifar100
from kerax.keras.datasets import fashion_mnist as fashion_mnist
from kerax.keras.datasets import imdb as imdb
from kerax.keras.datasets import mnist as mnist
from kerax.keras.datasets import reuters as reuters
