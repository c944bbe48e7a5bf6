"""Raw ops of sparse and ragged tensors, strings, lists, tables and variables; ``table`` says what a line means."""

OPS = """
SparseAdd sparse.arithmetic.add a_indices+a_values+a_shape>a b_indices+b_values+b_shape>b thresh>threshold
    -> sum_indices sum_values sum_shape
SparseConcat raw_ops.sparse.concat indices values shapes concat_dim -> output_indices output_values output_shape
SparseReshape raw_ops.sparse.reshape input_indices input_shape new_shape -> output_indices output_shape
SparseSlice sparse.slice indices+values+shape>sp_input start size -> output_indices output_values output_shape
SparseSplit raw_ops.sparse.split split_dim indices+values+shape>sp_input num_split
    -> output_indices output_values output_shape
SparseReduceSum sparse.reduce_sum input_indices+input_values+input_shape>sp_input reduction_axes>axis
    keep_dims=False>keepdims
SparseReduceMax sparse.reduce_max input_indices+input_values+input_shape>sp_input reduction_axes>axis
    keep_dims=False>keepdims
SparseReduceSumSparse sparse.reduce_sum input_indices+input_values+input_shape>sp_input reduction_axes>axis
    keep_dims=False>keepdims *output_is_sparse=True -> output_indices output_values output_shape
SparseReduceMaxSparse sparse.reduce_max input_indices+input_values+input_shape>sp_input reduction_axes>axis
    keep_dims=False>keepdims *output_is_sparse=True -> output_indices output_values output_shape
SparseSoftmax raw_ops.sparse.softmax sp_indices+sp_values+sp_shape>sp
SparseFillEmptyRows raw_ops.sparse.fill_empty_rows indices values dense_shape default_value
    -> output_indices output_values empty_row_indicator reverse_index_map
SparseFillEmptyRowsGrad ragged.filling.ragged_fill_empty_rows_grad reverse_index_map grad_values
    -> d_values d_default_value
SparseTensorDenseAdd sparse.arithmetic.add a_indices+a_values+a_shape>a b
SparseDenseCwiseAdd raw_ops.sparse.dense_add sp_indices+sp_values+sp_shape>sp dense
SparseDenseCwiseMul raw_ops.sparse.dense_multiply sp_indices+sp_values+sp_shape>sp dense
SparseDenseCwiseDiv raw_ops.sparse.dense_divide sp_indices+sp_values+sp_shape>sp dense
SparseSparseMaximum raw_ops.sparse.maximum a_indices+a_values+a_shape>sp_a b_indices+b_values+b_shape>sp_b
    -> output_indices output_values
SparseSparseMinimum raw_ops.sparse.minimum a_indices+a_values+a_shape>sp_a b_indices+b_values+b_shape>sp_b
    -> output_indices output_values
SparseMatMul linalg.matmul a b transpose_a=False transpose_b=False ~a_is_sparse=False ~b_is_sparse=False
SparseBincount raw_ops.sparse.bincount indices+values+dense_shape>sp size weights binary_output=False
RaggedBincount raw_ops.sparse.ragged_bincount splits values size weights binary_output=False
DenseCountSparseOutput raw_ops.sparse.count values weights binary_output minlength=-1 maxlength=-1
    -> output_indices output_values output_dense_shape
SparseCountSparseOutput raw_ops.sparse.count indices+values+dense_shape>values weights binary_output minlength=-1
    maxlength=-1 -> output_indices output_values output_dense_shape
RaggedCountSparseOutput raw_ops.sparse.ragged_count splits values weights binary_output minlength=-1 maxlength=-1
    -> output_indices output_values output_dense_shape
SparseSegmentSum sparse.segment_sum data indices segment_ids sparse_gradient=False
SparseSegmentMean sparse.segment_mean data indices segment_ids sparse_gradient=False
SparseSegmentSqrtN sparse.segment_sqrt_n data indices segment_ids sparse_gradient=False
SparseSegmentSumWithNumSegments sparse.segment_sum data indices segment_ids num_segments sparse_gradient=False
SparseSegmentMeanWithNumSegments sparse.segment_mean data indices segment_ids num_segments sparse_gradient=False
SparseSegmentSqrtNWithNumSegments sparse.segment_sqrt_n data indices segment_ids num_segments sparse_gradient=False
SerializeSparse io.serialize_sparse sparse_indices+sparse_values+sparse_shape>sp_input out_type=string
SerializeManySparse io.serialize_many_sparse sparse_indices+sparse_values+sparse_shape>sp_input out_type=string
DeserializeManySparse io.deserialize_many_sparse serialized_sparse dtype
    -> sparse_indices sparse_values sparse_shape
DeserializeSparse raw_ops.sparse.deserialize serialized_sparse dtype -> sparse_indices sparse_values sparse_shape
EditDistance sparse.distance.edit_distance hypothesis_indices+hypothesis_values+hypothesis_shape>hypothesis
    truth_indices+truth_values+truth_shape>truth normalize=True
SparseCross raw_ops.sparse.cross_of indices values shapes dense_inputs hashed_output num_buckets hash_key ~out_type
    ~internal_type -> output_indices output_values output_shape
SparseCrossV2 raw_ops.sparse.cross indices values shapes dense_inputs sep -> output_indices output_values output_shape
DenseToDenseSetOperation raw_ops.sparse.set_operation set1 set2 set_operation validate_indices=True
    -> result_indices result_values result_shape
DenseToSparseSetOperation raw_ops.sparse.set_operation set1 set2_indices+set2_values+set2_shape>set2 set_operation
    validate_indices=True -> result_indices result_values result_shape
SparseToSparseSetOperation raw_ops.sparse.set_operation set1_indices+set1_values+set1_shape>set1
    set2_indices+set2_values+set2_shape>set2 set_operation validate_indices=True
    -> result_indices result_values result_shape
SetSize sets.size set_indices+set_values+set_shape>a validate_indices=True

RaggedTensorToTensor raw_ops.ragged.to_tensor shape values default_value row_partition_tensors row_partition_types
RaggedTensorToSparse raw_ops.ragged.to_sparse rt_nested_splits rt_dense_values
    -> sparse_indices sparse_values sparse_dense_shape
RaggedGather raw_ops.ragged.gather params_nested_splits params_dense_values indices OUTPUT_RAGGED_RANK
    -> output_nested_splits output_dense_values
RaggedRange raw_ops.ragged.counted starts limits deltas Tsplits=int64 -> rt_nested_splits rt_dense_values
RaggedFillEmptyRows ragged.filling.ragged_fill_empty_rows value_rowids values nrows default_value
    -> output_value_rowids output_values empty_row_indicator reverse_index_map
RaggedFillEmptyRowsGrad ragged.filling.ragged_fill_empty_rows_grad reverse_index_map grad_values
    -> d_values d_default_value
RaggedCross raw_ops.ragged.cross ragged_values ragged_row_splits sparse_indices sparse_values sparse_shape
    dense_inputs input_order hashed_output num_buckets hash_key ~out_values_type out_row_splits_type
    -> output_values output_row_splits

StringSplitV2 raw_ops.strings.split input sep maxsplit=-1 -> indices values shape
StringSplit raw_ops.strings.split_at_any input delimiter skip_empty=True -> indices values shape
StringFormat strings.format inputs template='%s' placeholder='%s' summarize=3
StringNGrams raw_ops.strings.ngrams data data_splits separator ngram_widths left_pad right_pad pad_width
    preserve_short_sequences -> ngrams ngrams_splits
UnicodeDecode raw_ops.strings.decode input input_encoding errors='replace' replacement_char=65533
    replace_control_characters=False Tsplits=int64 -> row_splits char_values
UnicodeDecodeWithOffsets raw_ops.strings.decode_with_offsets input input_encoding errors='replace'
    replacement_char=65533 replace_control_characters=False Tsplits=int64
    -> row_splits char_values char_to_byte_starts
UnicodeEncode raw_ops.strings.encode input_values input_splits output_encoding errors='replace' replacement_char=65533
ShardedFilename raw_ops.strings.sharded_filename basename shard num_shards
ShardedFilespec raw_ops.strings.sharded_filespec basename num_shards
UniqueV2 raw_ops.arrays.unique x axis out_idx=int32 -> y idx
UniqueWithCountsV2 raw_ops.arrays.unique_with_counts x axis out_idx=int32 -> y idx count
DataFormatDimMap raw_ops.arrays.dim_map x src_format='NHWC' dst_format='NCHW'
DataFormatVecPermute raw_ops.arrays.vec_permute x src_format='NHWC' dst_format='NCHW'
TensorStridedSliceUpdate raw_ops.arrays.strided_slice_update input begin end strides value begin_mask=0 end_mask=0
    ellipsis_mask=0 new_axis_mask=0 shrink_axis_mask=0
ScatterNdNonAliasingAdd array_ops.tensor_scatter_nd_add input>tensor indices updates !bad_indices_policy=''
ConcatOffset raw_ops.arrays.concat_offset concat_dim shape
ParallelConcat raw_ops.arrays.parallel_concat values shape
BatchToSpace raw_ops.arrays.batch_to_space input crops block_size
SpaceToBatch raw_ops.arrays.space_to_batch input paddings block_size
DebugIdentityV2 array_ops.identity input ~tfdbg_context_id='' ~op_name='' ~output_slot=-1 ~tensor_debug_mode=-1
    ~debug_urls=[] ~circular_buffer_size=1000 ~tfdbg_run_id=''
DebugGradientIdentity array_ops.identity input
GuaranteeConst array_ops.identity input
CopyHost array_ops.identity input ~tensor_name='' ~debug_ops_spec=[]
LoopCond array_ops.identity input
ToBool raw_ops.arrays.to_bool input
Print raw_ops.arrays.show input data message='' ~first_n=-1 summarize=3
PrintV2 raw_ops.arrays.show_text input output_stream='stderr' end='\\n'
ControlTrigger core.graph.no_op
DecodeCompressed io.decode_compressed bytes compression_type=''
DecodePaddedRaw io.decode_raw input_bytes fixed_length out_type little_endian=True
DecodeJSONExample io.decode_json_example json_examples
ParseExample raw_ops.parsing.parse_example serialized ~names sparse_keys dense_keys dense_defaults sparse_types
    dense_shapes -> sparse_indices sparse_values sparse_shapes dense_values
ParseExampleV2 raw_ops.parsing.parse_example_v2 serialized ~names sparse_keys dense_keys ragged_keys dense_defaults
    ~num_sparse sparse_types ragged_value_types ragged_split_types dense_shapes
    -> sparse_indices sparse_values sparse_shapes dense_values ragged_values ragged_row_splits
ParseSingleExample raw_ops.parsing.parse_single_example serialized dense_defaults ~num_sparse sparse_keys dense_keys
    sparse_types dense_shapes -> sparse_indices sparse_values sparse_shapes dense_values

EmptyTensorList raw_ops.lists.empty element_shape ~max_num_elements element_dtype
TensorListReserve raw_ops.lists.reserve element_shape num_elements element_dtype
TensorListFromTensor raw_ops.lists.from_tensor tensor element_shape
TensorListLength raw_ops.lists.length input_handle
TensorListStack raw_ops.lists.stack input_handle element_shape ~element_dtype num_elements=-1
TensorListGetItem raw_ops.lists.get_item input_handle index ~element_shape ~element_dtype
TensorListSetItem raw_ops.lists.set_item input_handle index item !resize_if_index_out_of_bounds=False
TensorListGather raw_ops.lists.gather input_handle indices ~element_shape ~element_dtype
TensorListScatter raw_ops.lists.scatter tensor indices element_shape
TensorListScatterV2 raw_ops.lists.scatter tensor indices element_shape num_elements
TensorListScatterIntoExistingList raw_ops.lists.scatter_into input_handle tensor indices
TensorListSplit raw_ops.lists.split tensor element_shape lengths
TensorListPushBack raw_ops.lists.push_back input_handle tensor
TensorListPopBack raw_ops.lists.pop_back input_handle ~element_shape ~element_dtype -> output_handle tensor
TensorListConcat raw_ops.lists.concat input_handle ~element_dtype ~element_shape=None -> tensor lengths
TensorListConcatV2 raw_ops.lists.concat input_handle ~element_shape ~leading_dims ~element_dtype -> tensor lengths
TensorListConcatLists raw_ops.lists.concat_lists input_a input_b ~element_dtype
TensorListResize raw_ops.lists.resize input_handle size
TensorListElementShape raw_ops.lists.element_shape input_handle shape_type

LookupTableFind raw_ops.tables.find table_handle keys default_value
LookupTableFindV2 raw_ops.tables.find table_handle keys default_value
LookupTableInsertV2 raw_ops.tables.insert table_handle keys values
LookupTableImportV2 raw_ops.tables.replace table_handle keys values
LookupTableRemoveV2 raw_ops.tables.remove table_handle keys
LookupTableSizeV2 raw_ops.tables.size table_handle
LookupTableExportV2 raw_ops.tables.export table_handle ~Tkeys ~Tvalues -> keys values
InitializeTableV2 raw_ops.tables.initialize table_handle keys values
InitializeTableFromTextFileV2 raw_ops.tables.initialize_from_file table_handle filename key_index value_index
    vocab_size=-1 delimiter='\\t' offset=0
HashTableV2 raw_ops.tables.static key_dtype value_dtype ~container='' shared_name='' ~use_node_name_sharing=False
AnonymousHashTable raw_ops.tables.static key_dtype value_dtype
MutableHashTableV2 raw_ops.tables.mutable key_dtype value_dtype ~container='' shared_name=''
    ~use_node_name_sharing=False
AnonymousMutableHashTable raw_ops.tables.mutable key_dtype value_dtype
MutableHashTableOfTensorsV2 raw_ops.tables.mutable key_dtype value_dtype ~container='' shared_name=''
    ~use_node_name_sharing=False value_shape=[]
AnonymousMutableHashTableOfTensors raw_ops.tables.mutable key_dtype value_dtype value_shape=[]
MutableDenseHashTableV2 raw_ops.tables.dense empty_key deleted_key value_dtype ~container='' ~shared_name=''
    ~use_node_name_sharing=False value_shape=[] initial_num_buckets=131072 ~max_load_factor=0.8
AnonymousMutableDenseHashTable raw_ops.tables.dense empty_key deleted_key value_dtype value_shape=[]
    initial_num_buckets=131072 ~max_load_factor=0.8

VarIsInitializedOp raw_ops.resource.is_initialized resource
VariableShape array_ops.shape input out_type=int32
ResourceGatherNd raw_ops.resource.gather_nd resource indices ~dtype
ResourceScatterNdAdd raw_ops.resource.scatter_nd_add ref indices updates ~use_locking=True !bad_indices_policy=''
ResourceScatterNdSub raw_ops.resource.scatter_nd_sub ref indices updates ~use_locking=True !bad_indices_policy=''
ResourceScatterNdMax raw_ops.resource.scatter_nd_max ref indices updates ~use_locking=True !bad_indices_policy=''
ResourceScatterNdMin raw_ops.resource.scatter_nd_min ref indices updates ~use_locking=True !bad_indices_policy=''
ResourceScatterNdUpdate raw_ops.resource.scatter_nd_update ref indices updates ~use_locking=True
    !bad_indices_policy=''
ResourceStridedSliceAssign raw_ops.resource.strided_slice_assign ref begin end strides value begin_mask=0 end_mask=0
    ellipsis_mask=0 new_axis_mask=0 shrink_axis_mask=0
ResourceCountUpTo raw_ops.resource.count_up_to resource limit ~T
DestroyResourceOp raw_ops.handles.destroy resource ~ignore_lookup_error=True
ResourceApplyGradientDescent raw_ops.optimizing.gradient_descent var alpha delta ~use_locking=False
ResourceApplyMomentum raw_ops.optimizing.momentum var accum lr grad momentum ~use_locking=False use_nesterov=False
ResourceApplyKerasMomentum raw_ops.optimizing.keras_momentum var accum lr grad momentum ~use_locking=False
    use_nesterov=False
ResourceApplyAdam raw_ops.optimizing.adam var m v beta1_power beta2_power lr beta1 beta2 epsilon grad
    ~use_locking=False use_nesterov=False
ResourceApplyAdamWithAmsgrad raw_ops.optimizing.amsgrad var m v vhat beta1_power beta2_power lr beta1 beta2 epsilon
    grad ~use_locking=False
ResourceApplyAdaMax raw_ops.optimizing.adamax var m v beta1_power lr beta1 beta2 epsilon grad ~use_locking=False
ResourceApplyAdagrad raw_ops.optimizing.adagrad var accum lr grad ~use_locking=False update_slots=True
ResourceApplyAdagradV2 raw_ops.optimizing.adagrad var accum lr epsilon grad ~use_locking=False update_slots=True
ResourceApplyAdagradDA raw_ops.optimizing.adagrad_da var gradient_accumulator gradient_squared_accumulator grad lr l1
    l2 global_step ~use_locking=False
ResourceApplyAdadelta raw_ops.optimizing.adadelta var accum accum_update lr rho epsilon grad ~use_locking=False
ResourceApplyRMSProp raw_ops.optimizing.rms_prop var ms mom lr rho momentum epsilon grad ~use_locking=False
ResourceApplyCenteredRMSProp raw_ops.optimizing.centered_rms_prop var mg ms mom lr rho momentum epsilon grad
    ~use_locking=False
ResourceApplyFtrl raw_ops.optimizing.ftrl var accum linear grad lr l1 l2 lr_power ~use_locking=False
    multiply_linear_by_lr=False
ResourceApplyFtrlV2 raw_ops.optimizing.ftrl var accum linear grad lr l1 l2 l2_shrinkage lr_power ~use_locking=False
    multiply_linear_by_lr=False
ResourceApplyAddSign raw_ops.optimizing.add_sign var m lr alpha sign_decay beta grad ~use_locking=False
ResourceApplyPowerSign raw_ops.optimizing.power_sign var m lr logbase sign_decay beta grad ~use_locking=False
ResourceApplyProximalGradientDescent raw_ops.optimizing.proximal var alpha l1 l2 delta ~use_locking=False
ResourceApplyProximalAdagrad raw_ops.optimizing.proximal_adagrad var accum lr l1 l2 grad ~use_locking=False
ResourceSparseApplyMomentum raw_ops.optimizing.momentum var accum lr grad indices momentum ~use_locking=False
    use_nesterov=False
ResourceSparseApplyKerasMomentum raw_ops.optimizing.keras_momentum var accum lr grad indices momentum
    ~use_locking=False use_nesterov=False
ResourceSparseApplyAdagrad raw_ops.optimizing.adagrad var accum lr grad indices ~use_locking=False update_slots=True
ResourceSparseApplyAdagradV2 raw_ops.optimizing.adagrad var accum lr epsilon grad indices ~use_locking=False
    update_slots=True
ResourceSparseApplyAdagradDA raw_ops.optimizing.adagrad_da var gradient_accumulator gradient_squared_accumulator grad
    indices lr l1 l2 global_step ~use_locking=False
ResourceSparseApplyAdadelta raw_ops.optimizing.adadelta var accum accum_update lr rho epsilon grad indices
    ~use_locking=False
ResourceSparseApplyRMSProp raw_ops.optimizing.rms_prop var ms mom lr rho momentum epsilon grad indices
    ~use_locking=False
ResourceSparseApplyCenteredRMSProp raw_ops.optimizing.centered_rms_prop var mg ms mom lr rho momentum epsilon grad
    indices ~use_locking=False
ResourceSparseApplyFtrl raw_ops.optimizing.ftrl var accum linear grad indices lr l1 l2 lr_power ~use_locking=False
    multiply_linear_by_lr=False
ResourceSparseApplyFtrlV2 raw_ops.optimizing.ftrl var accum linear grad indices lr l1 l2 l2_shrinkage lr_power
    ~use_locking=False multiply_linear_by_lr=False
ResourceSparseApplyProximalGradientDescent raw_ops.optimizing.proximal var alpha l1 l2 grad indices ~use_locking=False
ResourceSparseApplyProximalAdagrad raw_ops.optimizing.proximal_adagrad var accum lr l1 l2 grad indices
    ~use_locking=False

OptionalFromValue raw_ops.arrays.optional components
OptionalNone raw_ops.arrays.no_optional
OptionalHasValue raw_ops.arrays.optional_has_value optional
OptionalGetValue raw_ops.arrays.optional_get_value optional ~output_types ~output_shapes
VarHandleOp raw_ops.handles.variable dtype shape ~container='' shared_name='' ~debug_name='' ~allowed_devices=[]
TensorArrayV3 raw_ops.handles.array size dtype element_shape=None dynamic_size=False clear_after_read=True
    identical_element_shapes=False ~tensor_array_name='' -> handle flow
TensorArrayWriteV3 raw_ops.handles.array_write handle index value flow_in
TensorArrayScatterV3 raw_ops.handles.array_scatter handle indices value flow_in
TensorArraySplitV3 raw_ops.handles.array_split handle value lengths flow_in
TensorArrayReadV3 raw_ops.handles.array_read handle index ~flow_in ~dtype
TensorArrayGatherV3 raw_ops.handles.array_gather handle indices ~flow_in ~dtype ~element_shape=None
TensorArrayConcatV3 raw_ops.handles.array_concat handle ~flow_in ~dtype ~element_shape_except0=None -> value lengths
TensorArraySizeV3 raw_ops.handles.array_size handle ~flow_in
TensorArrayCloseV3 core.graph.no_op ~handle
EmptyTensorMap raw_ops.handles.empty_map
TensorMapInsert raw_ops.handles.map_insert input_handle key value
TensorMapLookup raw_ops.handles.map_lookup input_handle key ~value_dtype
TensorMapErase raw_ops.handles.map_erase input_handle key ~value_dtype
TensorMapHasKey raw_ops.handles.map_has_key input_handle key
TensorMapSize raw_ops.handles.map_size input_handle
TensorMapStackKeys raw_ops.handles.map_keys input_handle ~key_dtype
StackV2 raw_ops.handles.stack max_size ~elem_type ~stack_name=''
StackPushV2 raw_ops.handles.stack_push handle elem ~swap_memory=False
StackPopV2 raw_ops.handles.stack_pop handle ~elem_type
StackCloseV2 core.graph.no_op ~handle
FIFOQueueV2 raw_ops.handles.fifo_queue component_types shapes=[] capacity=-1 ~container='' ~shared_name=''
PaddingFIFOQueueV2 raw_ops.handles.padding_fifo_queue component_types shapes=[] capacity=-1 ~container=''
    ~shared_name=''
PriorityQueueV2 raw_ops.handles.priority_queue shapes component_types=[] capacity=-1 ~container='' ~shared_name=''
RandomShuffleQueueV2 raw_ops.handles.random_shuffle_queue component_types shapes=[] capacity=-1 min_after_dequeue=0
    seed=0 ~seed2=0 ~container='' ~shared_name=''
QueueEnqueueV2 raw_ops.handles.enqueue handle components !timeout_ms=-1
QueueEnqueueManyV2 raw_ops.handles.enqueue_many handle components !timeout_ms=-1
QueueDequeueV2 raw_ops.handles.dequeue handle ~component_types !timeout_ms=-1
QueueDequeueManyV2 raw_ops.handles.dequeue_many handle n ~component_types !timeout_ms=-1
QueueDequeueUpToV2 raw_ops.handles.dequeue_up_to handle n ~component_types !timeout_ms=-1
QueueSizeV2 raw_ops.handles.queue_size handle
QueueCloseV2 raw_ops.handles.queue_close handle cancel_pending_enqueues=False
QueueIsClosedV2 raw_ops.handles.queue_is_closed handle
SaveV2 raw_ops.files.save prefix tensor_names shape_and_slices tensors
RestoreV2 raw_ops.files.restore prefix tensor_names shape_and_slices dtypes
AudioSpectrogram raw_ops.audio.audio_spectrogram input window_size stride magnitude_squared=False
Mfcc raw_ops.audio.mfcc spectrogram sample_rate upper_frequency_limit=4000 lower_frequency_limit=20
    filterbank_channel_count=40 dct_coefficient_count=13
"""
