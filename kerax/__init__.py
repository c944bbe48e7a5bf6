"""kerax: TensorFlow 2 and Keras on JAX.

The ``tf`` namespace: ``import kerax as tf``.
"""

import importlib as _importlib
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

from kerax.array_ops import argsort as argsort
from kerax.array_ops import batch_to_space as batch_to_space
from kerax.array_ops import bitcast as bitcast
from kerax.array_ops import boolean_mask as boolean_mask
from kerax.array_ops import broadcast_dynamic_shape as broadcast_dynamic_shape
from kerax.array_ops import broadcast_static_shape as broadcast_static_shape
from kerax.array_ops import broadcast_to as broadcast_to
from kerax.array_ops import concat as concat
from kerax.array_ops import dynamic_partition as dynamic_partition
from kerax.array_ops import dynamic_stitch as dynamic_stitch
from kerax.array_ops import ensure_shape as ensure_shape
from kerax.array_ops import expand_dims as expand_dims
from kerax.array_ops import extract_volume_patches as extract_volume_patches
from kerax.array_ops import fill as fill
from kerax.array_ops import gather as gather
from kerax.array_ops import gather_nd as gather_nd
from kerax.array_ops import guarantee_const as guarantee_const
from kerax.array_ops import histogram_fixed_width as histogram_fixed_width
from kerax.array_ops import histogram_fixed_width_bins as histogram_fixed_width_bins
from kerax.array_ops import identity as identity
from kerax.array_ops import identity_n as identity_n
from kerax.array_ops import meshgrid as meshgrid
from kerax.array_ops import newaxis as newaxis
from kerax.array_ops import one_hot as one_hot
from kerax.array_ops import ones as ones
from kerax.array_ops import ones_like as ones_like
from kerax.array_ops import pad as pad
from kerax.array_ops import parallel_stack as parallel_stack
from kerax.array_ops import range as range
from kerax.array_ops import rank as rank
from kerax.array_ops import repeat as repeat
from kerax.array_ops import required_space_to_batch_paddings as required_space_to_batch_paddings
from kerax.array_ops import reshape as reshape
from kerax.array_ops import reverse as reverse
from kerax.array_ops import reverse_sequence as reverse_sequence
from kerax.array_ops import roll as roll
from kerax.array_ops import scatter_nd as scatter_nd
from kerax.array_ops import searchsorted as searchsorted
from kerax.array_ops import sequence_mask as sequence_mask
from kerax.array_ops import shape as shape
from kerax.array_ops import shape_n as shape_n
from kerax.array_ops import size as size
from kerax.array_ops import slice as slice
from kerax.array_ops import sort as sort
from kerax.array_ops import space_to_batch as space_to_batch
from kerax.array_ops import space_to_batch_nd as space_to_batch_nd
from kerax.array_ops import split as split
from kerax.array_ops import squeeze as squeeze
from kerax.array_ops import stack as stack
from kerax.array_ops import strided_slice as strided_slice
from kerax.array_ops import tensor_scatter_nd_add as tensor_scatter_nd_add
from kerax.array_ops import tensor_scatter_nd_max as tensor_scatter_nd_max
from kerax.array_ops import tensor_scatter_nd_min as tensor_scatter_nd_min
from kerax.array_ops import tensor_scatter_nd_sub as tensor_scatter_nd_sub
from kerax.array_ops import tensor_scatter_nd_update as tensor_scatter_nd_update
from kerax.array_ops import tile as tile
from kerax.array_ops import transpose as transpose
from kerax.array_ops import unique as unique
from kerax.array_ops import unique_with_counts as unique_with_counts
from kerax.array_ops import unravel_index as unravel_index
from kerax.array_ops import unstack as unstack
from kerax.array_ops import where as where
from kerax.array_ops import zeros as zeros
from kerax.array_ops import zeros_like as zeros_like
from kerax.array_ops.conversion import convert_to_tensor as convert_to_tensor
from kerax.core.control_flow import case as case
from kerax.core.control_flow import cond as cond
from kerax.core.control_flow import switch_case as switch_case
from kerax.core.control_flow import while_loop as while_loop
from kerax.core.custom_gradient import custom_gradient as custom_gradient
from kerax.core.custom_gradient import grad_pass_through as grad_pass_through
from kerax.core.custom_gradient import gradients as gradients
from kerax.core.custom_gradient import hessians as hessians
from kerax.core.custom_gradient import recompute_grad as recompute_grad
from kerax.core.custom_gradient import stop_gradient as stop_gradient
from kerax.core.device import device as device
from kerax.core.dtypes import DType as DType
from kerax.core.dtypes import as_dtype as as_dtype
from kerax.core.dtypes import bfloat16 as bfloat16
from kerax.core.dtypes import bool as bool
from kerax.core.dtypes import complex64 as complex64
from kerax.core.dtypes import complex128 as complex128
from kerax.core.dtypes import double as double
from kerax.core.dtypes import float16 as float16
from kerax.core.dtypes import float32 as float32
from kerax.core.dtypes import float64 as float64
from kerax.core.dtypes import half as half
from kerax.core.dtypes import int8 as int8
from kerax.core.dtypes import int16 as int16
from kerax.core.dtypes import int32 as int32
from kerax.core.dtypes import int64 as int64
from kerax.core.dtypes import qint8 as qint8
from kerax.core.dtypes import qint16 as qint16
from kerax.core.dtypes import qint32 as qint32
from kerax.core.dtypes import quint8 as quint8
from kerax.core.dtypes import quint16 as quint16
from kerax.core.dtypes import resource as resource
from kerax.core.dtypes import string as string
from kerax.core.dtypes import uint8 as uint8
from kerax.core.dtypes import uint16 as uint16
from kerax.core.dtypes import uint32 as uint32
from kerax.core.dtypes import uint64 as uint64
from kerax.core.dtypes import variant as variant
from kerax.core.effects import print_ as print
from kerax.core.function import function as function
from kerax.core.graph import AggregationMethod as AggregationMethod
from kerax.core.graph import CriticalSection as CriticalSection
from kerax.core.graph import DeviceSpec as DeviceSpec
from kerax.core.graph import Graph as Graph
from kerax.core.graph import Operation as Operation
from kerax.core.graph import RegisterGradient as RegisterGradient
from kerax.core.graph import control_dependencies as control_dependencies
from kerax.core.graph import get_current_name_scope as get_current_name_scope
from kerax.core.graph import group as group
from kerax.core.graph import inside_function as inside_function
from kerax.core.graph import is_symbolic_tensor as is_symbolic_tensor
from kerax.core.graph import no_op as no_op
from kerax.core.graph import timestamp as timestamp
from kerax.core.graph import tuple as tuple
from kerax.core.graph import type_spec_from_value as type_spec_from_value
from kerax.core.graph import variable_creator_scope as variable_creator_scope
from kerax.core.log import get_logger as get_logger
from kerax.core.map_fn import foldl as foldl
from kerax.core.map_fn import foldr as foldr
from kerax.core.map_fn import map_fn as map_fn
from kerax.core.map_fn import scan as scan
from kerax.core.map_fn import vectorized_map as vectorized_map
from kerax.core.module import Module as Module
from kerax.core.module import name_scope as name_scope
from kerax.core.py_function import numpy_function as numpy_function
from kerax.core.py_function import py_function as py_function
from kerax.core.state import executing_eagerly as executing_eagerly
from kerax.core.state import init_scope as init_scope
from kerax.core.tape import GradientTape as GradientTape
from kerax.core.tape import UnconnectedGradients as UnconnectedGradients
from kerax.core.tensor import TensorShape as TensorShape
from kerax.core.tensor import TensorSpec as TensorSpec
from kerax.core.tensor import TypeSpec as TypeSpec
from kerax.core.tensor import constant as constant
from kerax.core.tensor import constant_value as get_static_value
from kerax.core.tensor import is_tf_type as is_tensor
from kerax.core.tensor import register_tensor_conversion_function as register_tensor_conversion_function
from kerax.core.tensor_array import TensorArray as TensorArray
from kerax.core.tensor_array import TensorArraySpec as TensorArraySpec
from kerax.core.value import Tensor as Tensor
from kerax.core.variable import Variable as Variable
from kerax.core.variable import VariableAggregation as VariableAggregation
from kerax.core.variable import VariableSynchronization as VariableSynchronization
from kerax.debugging import Assert as Assert
from kerax.debugging import assert_equal as assert_equal
from kerax.debugging import assert_greater as assert_greater
from kerax.debugging import assert_less as assert_less
from kerax.debugging import assert_rank as assert_rank
from kerax.graph_util import import_graph_def as import_graph_def
from kerax.libraries import approx_top_k as approx_top_k
from kerax.libraries import check_pinned as check_pinned
from kerax.libraries import load_library as load_library
from kerax.libraries import load_op_library as load_op_library
from kerax.libraries import make_ndarray as make_ndarray
from kerax.libraries import make_tensor_proto as make_tensor_proto
from kerax.libraries import no_gradient as no_gradient
from kerax.libraries import nondifferentiable_batch_function as nondifferentiable_batch_function
from kerax.linalg import eig as eig
from kerax.linalg import eigvals as eigvals
from kerax.linalg import einsum as einsum
from kerax.linalg import eye as eye
from kerax.linalg import matmul as matmul
from kerax.linalg import norm as norm
from kerax.linalg import sqrtm as matrix_square_root
from kerax.linalg import tensordot as tensordot
from kerax.math import abs as abs
from kerax.math import acos as acos
from kerax.math import acosh as acosh
from kerax.math import add as add
from kerax.math import add_n as add_n
from kerax.math import argmax as argmax
from kerax.math import argmin as argmin
from kerax.math import asin as asin
from kerax.math import asinh as asinh
from kerax.math import atan as atan
from kerax.math import atan2 as atan2
from kerax.math import atanh as atanh
from kerax.math import cos as cos
from kerax.math import cosh as cosh
from kerax.math import cumsum as cumsum
from kerax.math import divide as divide
from kerax.math import equal as equal
from kerax.math import exp as exp
from kerax.math import floor as floor
from kerax.math import greater as greater
from kerax.math import greater_equal as greater_equal
from kerax.math import less as less
from kerax.math import less_equal as less_equal
from kerax.math import logical_and as logical_and
from kerax.math import logical_not as logical_not
from kerax.math import logical_or as logical_or
from kerax.math import maximum as maximum
from kerax.math import minimum as minimum
from kerax.math import multiply as multiply
from kerax.math import negative as negative
from kerax.math import not_equal as not_equal
from kerax.math import pow as pow
from kerax.math import reduce_all as reduce_all
from kerax.math import reduce_any as reduce_any
from kerax.math import reduce_logsumexp as reduce_logsumexp
from kerax.math import reduce_max as reduce_max
from kerax.math import reduce_mean as reduce_mean
from kerax.math import reduce_min as reduce_min
from kerax.math import reduce_prod as reduce_prod
from kerax.math import reduce_sum as reduce_sum
from kerax.math import round as round
from kerax.math import scalar_mul as scalar_mul
from kerax.math import sigmoid as sigmoid
from kerax.math import sign as sign
from kerax.math import sin as sin
from kerax.math import sinh as sinh
from kerax.math import sqrt as sqrt
from kerax.math import square as square
from kerax.math import subtract as subtract
from kerax.math import tan as tan
from kerax.math import tanh as tanh
from kerax.math import truediv as truediv
from kerax.math.arithmetic import realdiv as realdiv
from kerax.math.arithmetic import truncatediv as truncatediv
from kerax.math.arithmetic import truncatemod as truncatemod
from kerax.math.casting import cast as cast
from kerax.math.casting import complex as complex
from kerax.math.casting import saturate_cast as saturate_cast
from kerax.math.clip import clip_by_global_norm as clip_by_global_norm
from kerax.math.clip import clip_by_norm as clip_by_norm
from kerax.math.clip import clip_by_value as clip_by_value
from kerax.math.ranges import linspace as linspace
from kerax.nn.convolution import conv as conv
from kerax.nn.convolution_transpose import conv2d_backprop_filter_v2 as conv2d_backprop_filter_v2
from kerax.nn.convolution_transpose import conv2d_backprop_input_v2 as conv2d_backprop_input_v2
from kerax.plain_initializers import Constant as constant_initializer
from kerax.plain_initializers import Ones as ones_initializer
from kerax.plain_initializers import RandomNormal as random_normal_initializer
from kerax.plain_initializers import RandomUniform as random_uniform_initializer
from kerax.plain_initializers import Zeros as zeros_initializer
from kerax.ragged import RaggedTensor as RaggedTensor
from kerax.ragged import RaggedTensorSpec as RaggedTensorSpec
from kerax.ragged.filling import ragged_fill_empty_rows as ragged_fill_empty_rows
from kerax.ragged.filling import ragged_fill_empty_rows_grad as ragged_fill_empty_rows_grad
from kerax.random.stateless import random_index_shuffle as random_index_shuffle
from kerax.signal.raw import fftnd as fftnd
from kerax.signal.raw import ifftnd as ifftnd
from kerax.signal.raw import irfftnd as irfftnd
from kerax.signal.raw import rfftnd as rfftnd
from kerax.sparse import SparseTensor as SparseTensor
from kerax.sparse.distance import edit_distance as edit_distance
from kerax.sparse.indexed_slices import IndexedSlices as IndexedSlices
from kerax.sparse.indexed_slices import IndexedSlicesSpec as IndexedSlicesSpec
from kerax.sparse.spec import SparseTensorSpec as SparseTensorSpec
from kerax.strings.buckets import fingerprint as fingerprint
from kerax.strings.numbers import as_string as as_string
from kerax.version import COMPILER_VERSION as __compiler_version__
from kerax.version import GIT_VERSION as __git_version__
from kerax.version import KERAX_VERSION as __kerax_version__
from kerax.version import VERSION as __version__

if _TYPE_CHECKING:
    from kerax import audio as audio
    from kerax import autodiff as autodiff
    from kerax import autograph as autograph
    from kerax import bitwise as bitwise
    from kerax import compat as compat
    from kerax import config as config
    from kerax import data as data
    from kerax import debugging as debugging
    from kerax import dtypes as dtypes
    from kerax import errors as errors
    from kerax import experimental as experimental
    from kerax import feature_column as feature_column
    from kerax import graph_util as graph_util
    from kerax import image as image
    from kerax import io as io
    from kerax import keras as keras
    from kerax import linalg as linalg
    from kerax import lite as lite
    from kerax import lookup as lookup
    from kerax import math as math
    from kerax import nest as nest
    from kerax import nn as nn
    from kerax import profiler as profiler
    from kerax import quantization as quantization
    from kerax import queue as queue
    from kerax import ragged as ragged
    from kerax import random as random
    from kerax import raw_ops as raw_ops
    from kerax import saved_model as saved_model
    from kerax import sets as sets
    from kerax import signal as signal
    from kerax import sparse as sparse
    from kerax import strings as strings
    from kerax import summary as summary
    from kerax import sysconfig as sysconfig
    from kerax import test as test
    from kerax import train as train
    from kerax import types as types
    from kerax import version as version
    from kerax import xla as xla

# The namespaces, imported when they are first used: `import kerax` stays light.
_NAMESPACES = {
    "audio",
    "autodiff",
    "autograph",
    "bitwise",
    "compat",
    "config",
    "data",
    "debugging",
    "distribute",
    "dtypes",
    "errors",
    "experimental",
    "feature_column",
    "graph_util",
    "image",
    "io",
    "keras",
    "linalg",
    "lite",
    "lookup",
    "math",
    "nest",
    "nn",
    "profiler",
    "quantization",
    "queue",
    "ragged",
    "random",
    "raw_ops",
    "saved_model",
    "sets",
    "signal",
    "sparse",
    "strings",
    "summary",
    "sysconfig",
    "test",
    "tpu",
    "train",
    "types",
    "version",
    "xla",
}


# Namespaces of Keras that TensorFlow shows at its top level too.
_OF_KERAS = {"initializers", "losses", "metrics", "optimizers"}

# Names of the top level that live in a namespace: name → module.
_LAZY = {
    "NoneTensorSpec": "kerax.data.specs",
    "OptionalSpec": "kerax.data.specs",
    "enable_v2_behavior": "kerax.compat.v1.switches",  # of tf.compat.v2, which is this module
}


def __getattr__(name: str) -> _Any:
    if name == "__all__":  # what a star import takes
        return [n for n in __dir__() if not n.startswith("_")]
    if name in _LAZY:
        return getattr(_importlib.import_module(_LAZY[name]), name)
    if name in _NAMESPACES:
        return _importlib.import_module(f"kerax.{name}")
    if name in _OF_KERAS:
        return _importlib.import_module(f"kerax.keras.{name}")
    if name == "__internal__":
        return _importlib.import_module("kerax.compat.private.internal")
    if name.startswith("__"):
        raise AttributeError(name)
    raise _importlib.import_module("kerax.compat.names").attribute_error("tf", name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMESPACES, *_OF_KERAS})


def load_ipython_extension(ipython: _Any) -> None:
    """``%load_ext kerax``: from now on ``import tensorflow`` and ``import keras`` give kerax."""
    _importlib.import_module("kerax.compat.notebook").load_ipython_extension(ipython)


def unload_ipython_extension(ipython: _Any) -> None:
    """``%unload_ext kerax``."""
    _importlib.import_module("kerax.compat.notebook").unload_ipython_extension(ipython)
