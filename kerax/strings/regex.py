"""``regex_full_match`` and ``regex_replace``: RE2's syntax and semantics, by the RE2 that Arrow brings."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.op import op
from kerax.strings._text import invalid


def _arrow(array: np.ndarray) -> Any:
    """An Arrow array that RE2 reads as UTF-8; what is no UTF-8 matches nothing, as in TensorFlow."""
    import pyarrow

    return pyarrow.array(array.ravel(), pyarrow.binary()).view(pyarrow.string())


def _checked(pattern: np.ndarray, name: str) -> bytes:
    if pattern.ndim:
        raise invalid(f"{name} must be scalar, but received {list(pattern.shape)}")
    return pattern.item()


def _run(function: str, texts: np.ndarray, pattern: bytes, whole: bytes, **options: Any) -> Any:
    import pyarrow
    from pyarrow import compute

    try:
        return getattr(compute, function)(_arrow(texts), pattern=whole, **options)
    except pyarrow.ArrowInvalid as error:
        shown = pattern.decode("utf8", "replace")
        reason = str(error).removeprefix("Invalid regular expression: ").split(":")[0]
        raise invalid(f"Invalid pattern: {shown}, error: {reason}: {shown}") from error


@op("input: string; pattern: string", host=True, name="RegexFullMatch")
def regex_full_match(input, pattern, name=None):
    """Whether strings match a regular expression as a whole.

    Args:
      input: string tensor of any shape.
      pattern: string scalar, in RE2's syntax.
      name: ignored.

    Returns:
      bool tensor of the same shape.

    Raises:
      errors.InvalidArgumentError: the pattern is none.

    >>> import kerax as tf
    >>> tf.strings.regex_full_match(["TF lib", "lib TF"], ".*lib$").numpy()
    array([ True, False])
    """
    body = _checked(pattern, "Pattern")
    found = _run("match_substring_regex", input, body, rb"\A(?:" + body + rb")\z")
    return found.to_numpy(zero_copy_only=False).astype(bool).reshape(input.shape)


@op("input: string; pattern: string; rewrite: string", host=True, name="RegexReplace")
def regex_replace(input, pattern, rewrite, replace_global=True, name=None):
    r"""Replaces what matches a regular expression.

    Args:
      input: string tensor of any shape.
      pattern: string scalar, in RE2's syntax.
      rewrite: string scalar; ``\0`` stands for the match, ``\1`` … ``\9`` for its groups.
      replace_global: bool, whether all matches are replaced, or the first of each string.
      name: ignored.

    Returns:
      string tensor of the same shape.

    Raises:
      errors.InvalidArgumentError: the pattern is none.

    >>> import kerax as tf
    >>> tf.strings.regex_replace("Text with tags.<br /><b>contains html</b>", "<[^>]+>", " ").numpy()
    b'Text with tags.  contains html '
    """
    import pyarrow

    body, replacement = _checked(pattern, "Pattern"), _usable(_checked(rewrite, "Rewrite"))
    options = {} if replace_global else {"max_replacements": 1}
    try:
        found = _run("replace_substring_regex", input, body, body, replacement=replacement, **options)
    except type(invalid("")) as error:
        if "Invalid replacement string" in str(error):  # RE2 then replaces nothing
            return input
        raise
    return found.view(pyarrow.binary()).to_numpy(zero_copy_only=False).reshape(input.shape)


def _usable(rewrite: bytes) -> bytes:
    """A rewrite up to its first escape that is none, as RE2 takes it."""
    at = 0
    while (at := rewrite.find(b"\\", at)) >= 0:
        if rewrite[at + 1 : at + 2] not in {b"\\", *(b"%d" % digit for digit in range(10))}:
            return rewrite[:at]
        at += 2
    return rewrite
