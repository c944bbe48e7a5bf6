"""``tf.sysconfig``: how kerax is built, as far as the questions make sense: there is no C++ of its own."""

from __future__ import annotations

import pathlib
from typing import Any

CXX11_ABI_FLAG = 1
CXX_VERSION = 201703
MONOLITHIC_BUILD = 0


def get_include() -> str:
    """The folder where header files would be: kerax has none, so nothing can be compiled against it."""
    return str(pathlib.Path(__file__).resolve().parent / "include")


def get_lib() -> str:
    """The folder of the package."""
    return str(pathlib.Path(__file__).resolve().parent)


def get_compile_flags() -> list[str]:
    """No flags: there is nothing to compile against."""
    return []


def get_link_flags() -> list[str]:
    """No flags: there is nothing to link against."""
    return []


def get_build_info() -> dict[str, Any]:
    """What JAX runs on.

    Returns:
      dictionary with ``is_cuda_build``, ``is_rocm_build`` and ``is_tensorrt_build``.
    """
    import jax

    names = " ".join(str(device).lower() for device in jax.devices())
    return {"is_cuda_build": "cuda" in names, "is_rocm_build": "rocm" in names, "is_tensorrt_build": False}
