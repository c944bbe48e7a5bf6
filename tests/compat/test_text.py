"""tf.compat's conversions."""

import pytest

from kerax import compat


def test_bytes_and_text():
    assert compat.as_bytes("é") == b"\xc3\xa9"
    assert compat.as_bytes(bytearray(b"x")) == b"x"
    assert compat.as_text(b"\xc3\xa9") == compat.as_str("é") == "é"
    assert compat.as_str_any(3) == "3"
    assert compat.as_str_any(b"x") == "x"
    for convert in (compat.as_bytes, compat.as_text):
        with pytest.raises(TypeError, match="Expected binary or unicode string, got 3"):
            convert(3)
        with pytest.raises(LookupError):
            convert("x", "no such codec")


def test_paths_and_dimensions(tmp_path):
    assert compat.path_to_str(tmp_path) == str(tmp_path)
    assert compat.path_to_str(3) == 3
    assert compat.dimension_value(None) is None
    assert compat.dimension_value(3) == 3
    assert compat.dimension_at_index([2, None], 1).value is None
    assert compat.forward_compatible(2020, 1, 1)
    assert not compat.forward_compatible(2999, 1, 1)
