"""Raw ops of checkpoint files."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.train.tensor_bundle import BundleReader, write_bundle


def _text(value: Any) -> str:
    return np.asarray(convert_to_tensor(value)).item().decode()


def _names(values: Any) -> list[str]:
    return [name.decode() for name in np.asarray(convert_to_tensor(values, dtypes.string)).tolist()]


def _whole(shape_and_slices: Any) -> None:
    if any(_names(shape_and_slices)):
        raise errors.UnimplementedError(None, None, "kerax saves and restores whole tensors, no slices.")


def save(prefix: Any, tensor_names: Any, shape_and_slices: Any, tensors: Any) -> None:
    _whole(shape_and_slices)
    arrays = [np.asarray(convert_to_tensor(tensor)) for tensor in tensors]
    write_bundle(_text(prefix), dict(zip(_names(tensor_names), arrays, strict=True)))


def restore(prefix: Any, tensor_names: Any, shape_and_slices: Any, dtypes: Any) -> list[Any]:
    _whole(shape_and_slices)
    reader = BundleReader(_text(prefix))
    found = []
    for name, dtype in zip(_names(tensor_names), dtypes, strict=True):
        if name not in reader:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
        tensor = convert_to_tensor(reader.read(name))
        if tensor.dtype != dtype:
            raise errors.InvalidArgumentError(
                None, None, f"Tensor {name} has dtype {tensor.dtype.name}, but {dtype} was asked for."
            )
        found.append(tensor)
    return found
