"""``tf.__internal__``: what Keras and the libraries around TensorFlow use of it."""

from __future__ import annotations

from types import SimpleNamespace as _Names

from kerax.core.function import Function as _Function
from kerax.core.tensor import TypeSpec as TypeSpec
from kerax.feature_column import base as feature_column  # noqa: F401

from . import context as eager_context  # noqa: F401
from . import data_structures as _data_structures
from . import deprecation as deprecation
from . import dispatch as dispatch
from . import merge_call_interim as _merging
from . import monitoring as monitoring
from . import moving_averages, tensor_types, tf_decorator, weights_broadcast_ops
from . import nest as nest
from . import resource_variable_ops as _variables
from . import smart_cond as smart_cond
from . import tf2 as tf2
from . import trackable_base as _trackable
from .composite_tensor import CompositeTensor as CompositeTensor
from .ops import get_name_scope as get_name_scope
from .resource_variable_ops import VariableSpec as VariableSpec
from .tensor_types import EagerTensor as EagerTensor
from .tensor_types import SymbolicTensor as SymbolicTensor
from .type_spec import BatchableTypeSpec as BatchableTypeSpec

decorator, train, types = tf_decorator, moving_averages, tensor_types
FuncGraph = _Function
function = _Names(Function=_Function)
ops = _Names(
    broadcast_weights=weights_broadcast_ops.broadcast_weights, is_resource_variable=_variables.is_resource_variable
)
distribute = _Names(interim=_merging, strategy_supports_no_merge_call=_merging.strategy_supports_no_merge_call)
tracking = _Names(
    AutoTrackable=_trackable.Trackable,
    Trackable=_trackable.Trackable,
    TrackableReference=_trackable.TrackableReference,
    no_automatic_dependency_tracking=_trackable.no_automatic_dependency_tracking,
    sticky_attribute_assignment=_data_structures.sticky_attribute_assignment,
    wrap=_data_structures.wrap_or_unwrap,
)
