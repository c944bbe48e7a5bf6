"""``tf.audio``: sound files."""

from kerax.audio.wav import decode_wav as decode_wav
from kerax.audio.wav import encode_wav as encode_wav
