"""Where kerax keeps what TensorFlow and Keras have in their implementation and not in public."""

from __future__ import annotations

import functools
import importlib
import operator
from typing import Any

#: what a path below tensorflow.python or keras.src ends in, kerax' module, and the names, ``theirs=kerax'`` where
#: kerax has another; a single ``*`` is all that the module has
_TABLE = """
convert lite.lowering ConverterError
base_conv keras.layers.convolutional.conv BaseConv
base_depthwise_conv keras.layers.convolutional.depthwise_conv BaseDepthwiseConv
base_separable_conv keras.layers.convolutional.separable_conv BaseSeparableConv
base_conv_transpose keras.layers.convolutional.conv_transpose BaseConvTranspose
base_pooling keras.layers.pooling.base BasePooling
base_global_pooling keras.layers.pooling.global_pooling BaseGlobalPooling
base_adaptive_pooling keras.layers.pooling.adaptive_pooling BaseAdaptivePooling
base_merge keras.layers.merging.base Merge
functional keras.engine.functional Functional
training_v1 keras Model
training keras Model
trainer keras.training.trainer Trainer TensorFlowTrainer=Trainer
compile_utils keras.training.compiled_loss CompileLoss LossesContainer=CompileLoss
compile_utils keras.training.compiled_metrics CompileMetrics MetricsContainer=CompileMetrics
base_optimizer keras.optimizers BaseOptimizer=Optimizer
optimizer_v2 keras.optimizers OptimizerV2=Optimizer
optimizer_experimental keras.optimizers Optimizer
random_initializers keras.initializers.random RandomInitializer compute_fans
initializers_v2 keras.initializers *
tracking keras.engine.tracking Tracker TrackedList TrackedDict TrackedSet DotNotTrackScope \
    is_tracking_enabled no_automatic_dependency_tracking
naming keras.engine.names auto_name uniquify to_snake_case get_uid reset_uids get_object_name
name_scope keras.engine.names name_scope current_path
argument_validation keras.engine.arguments standardize_tuple
generic_utils keras.engine.names to_snake_case
dropout_rnn_cell keras.layers.rnn.cell DropoutRNNCell
dropout_rnn_cell_mixin keras.layers.rnn.cell DropoutRNNCellMixin=DropoutRNNCell
keras_tensor keras.engine.keras_tensor KerasTensor any_symbolic_tensors
node keras.engine.node Node
summary_utils keras.engine.summary count_params print_summary
layer_utils keras.engine.summary count_params print_summary
loss keras.losses.loss squeeze_or_expand_to_same_rank
masking keras.engine.convert get_keras_mask=keras_mask set_keras_mask
io_utils keras.utils.io_utils *
global_state keras.engine.global_state get_global_attribute=get set_global_attribute=put clear_session
hdf5_format keras.saving.legacy_weights save_attributes_to_hdf5_group=write_names \
    load_attributes_from_hdf5_group=read_names load_weights_from_hdf5_group=read_layers \
    load_weights_from_hdf5_group_by_name=read_layers_by_name save_weights_to_hdf5_group=write_layers
legacy_h5_format keras.saving.legacy_weights save_attributes_to_hdf5_group=write_names \
    load_attributes_from_hdf5_group=read_names load_weights_from_hdf5_group=read_layers \
    load_weights_from_hdf5_group_by_name=read_layers_by_name save_weights_to_hdf5_group=write_layers
legacy_h5_format keras.saving.legacy_h5 save_model_to_hdf5=save_model_h5 load_model_from_hdf5=load_model_h5
layer keras.layers TFLayer=Layer
metrics_utils math confusion_matrix
tf_utils core.graph is_symbolic_tensor
file_editor keras.saving KerasFileEditor
saving_lib keras.saving.stores H5IOStore=H5Store ShardedH5IOStore=ShardedH5Store
serialization_lib keras.saving.serialization in_safe_mode SafeModeScope
image_utils keras.utils.images smart_resize
backend_config keras.config *
autotrackable core.module AutoTrackable
rnn_cell_impl keras.layers BasicRNNCell=SimpleRNNCell RNNCell=Layer BasicLSTMCell=LSTMCell LSTMCell GRUCell \
    MultiRNNCell=StackedRNNCells LayerRNNCell=Layer
rnn_cell keras.layers BasicRNNCell=SimpleRNNCell RNNCell=Layer BasicLSTMCell=LSTMCell LSTMCell GRUCell \
    MultiRNNCell=StackedRNNCells
rnn_cell compat.private.rnn_cell_impl LSTMStateTuple
rnn compat.v1.recurrent *
lookup_ops lookup LookupInterface=StaticHashTable HashTable=StaticHashTable \
    MutableHashTable=experimental.MutableHashTable DenseHashTable=experimental.DenseHashTable
init_ops compat.v1.initial_values Initializer Zeros=zeros_initializer Ones=ones_initializer \
    Constant=constant_initializer RandomUniform=random_uniform_initializer RandomNormal=random_normal_initializer \
    TruncatedNormal=truncated_normal_initializer UniformUnitScaling=uniform_unit_scaling_initializer \
    VarianceScaling=variance_scaling_initializer Orthogonal=orthogonal_initializer Identity=identity \
    GlorotUniform=glorot_uniform_initializer GlorotNormal=glorot_normal_initializer
init_ops compat.v1.initial_values *
random_seed core.random_state get_seed
tf_logging compat.v1.logging *
context compat.private.context *
image_ops_impl image resize_images_v2=resize
image_ops image resize_images_v2=resize
func_graph core.function FuncGraph=Function
gradient_checker_v2 test compute_gradient
np_config experimental.numpy enable_numpy_behavior=experimental_enable_numpy_behavior
while_loop core.control_flow while_loop_v2=while_loop
cond core.control_flow cond_for_tf_v2=cond
wrap_function saved_model.imported wrap_function
function core.concrete ConcreteFunction
def_function core.function Function
polymorphic_function core.function Function
version keras __version__
structure core.graph type_spec_from_value
loss_reduction keras.losses ReductionV2=Reduction
math_ops math mul=multiply sub=subtract neg=negative
standard_ops math mul=multiply sub=subtract neg=negative
sort_ops array_ops argsort sort
ragged_tensor ragged.tensor is_ragged
ragged_conversion_ops ragged from_tensor=RaggedTensor.from_tensor from_sparse=RaggedTensor.from_sparse \
    ragged_to_dense=RaggedTensor.to_tensor to_tensor=RaggedTensor.to_tensor to_sparse=RaggedTensor.to_sparse
ragged_functional_ops ragged map_flat_values
ragged_array_ops ragged boolean_mask stack_dynamic_partitions cross cross_hashed
ragged_array_ops array_ops tile expand_dims size rank reverse
ragged_math_ops ragged range
ragged_math_ops math reduce_sum reduce_prod reduce_min reduce_max reduce_mean reduce_variance reduce_std reduce_any \
    reduce_all
ragged_gather_ops array_ops gather gather_nd batch_gather=gather
ragged_where_op array_ops where
ragged_concat_ops array_ops concat stack
ragged_squeeze_op array_ops squeeze
ragged_string_ops strings string_bytes_split=bytes_split unicode_encode unicode_decode unicode_split \
    unicode_decode_with_offsets unicode_split_with_offsets string_split_v2=split reduce_join ngrams
segment_id_ops ragged row_splits_to_segment_ids segment_ids_to_row_splits
"""


@functools.cache
def _rows() -> dict[str, dict[str, tuple[str, str]]]:
    """What a path ends in → names → kerax' module and name; ``*`` → a module that has more."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for line in _TABLE.strip().splitlines():
        end, module, *names = line.split()
        for theirs, mark, ours in (name.partition("=") for name in names):
            found.setdefault(end, {})[theirs] = module, ours if mark else theirs
    return found


def knows(path: str) -> bool:
    """Whether there is something of a path's."""
    return path.rpartition(".")[2] in _rows()


def below(path: str) -> set[str]:
    """The names that are listed for a path."""
    return {name for name in _rows().get(path.rpartition(".")[2], {}) if name != "*"}


def find(path: str, name: str) -> Any:
    """What kerax has for the name of a path, None if there is none."""
    row = _rows().get(path.rpartition(".")[2], {})
    module, attribute = row.get(name) or (row.get("*", ("", ""))[0], name)
    if not module:
        return None
    try:
        return operator.attrgetter(attribute)(importlib.import_module(f"kerax.{module}"))
    except AttributeError:
        return None
