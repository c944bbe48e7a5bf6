"""``tf.__internal__``: what Keras and the libraries around TensorFlow use of it."""

from __future__ import annotations

from kerax.core.tensor import TypeSpec as TypeSpec

from . import deprecation as deprecation
from . import moving_averages, tensor_types, tf_decorator, weights_broadcast_ops
from . import nest as nest
from . import smart_cond as smart_cond
from . import tf2 as tf2
from .composite_tensor import CompositeTensor as CompositeTensor
from .resource_variable_ops import VariableSpec as VariableSpec
from .tensor_types import EagerTensor as EagerTensor
from .tensor_types import SymbolicTensor as SymbolicTensor
from .type_spec import BatchableTypeSpec as BatchableTypeSpec

decorator, train, types, ops = tf_decorator, moving_averages, tensor_types, weights_broadcast_ops
