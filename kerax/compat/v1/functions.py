"""TensorFlow 1's functions that TensorFlow 2 has under another name, or with arguments in another order."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

#: name below tf.compat.v1 -> name below tf, and the old parameters in their order: ``old=new`` where TensorFlow 2 calls
#: one otherwise, ``old=`` where it has none, ``=dtype`` for a dtype that is always the same
_TABLE = """
angle            math.angle             input name
arg_max          math.argmax            input dimension=axis output_type name
arg_min          math.argmin            input dimension=axis output_type name
argmax           math.argmax            input axis name dimension=axis output_type
argmin           math.argmin            input axis name dimension=axis output_type
batch_to_space_nd batch_to_space        input block_shape crops name
betainc          math.betainc           a b x name
bincount         math.bincount          arr weights minlength maxlength dtype
boolean_mask     boolean_mask           tensor mask name axis
case             case                   pred_fn_pairs default exclusive strict= name
ceil             math.ceil              x name
check_numerics   debugging.check_numerics  tensor message name
cholesky         linalg.cholesky        input name
cholesky_solve   linalg.cholesky_solve  chol rhs name
confusion_matrix math.confusion_matrix  labels predictions num_classes dtype name weights
conj             math.conj              x name
constant         constant               value dtype shape name verify_shape=
convert_to_tensor convert_to_tensor     value dtype name preferred_dtype=dtype_hint dtype_hint
count_nonzero    math.count_nonzero     input_tensor=input axis keepdims dtype name reduction_indices=axis \
    keep_dims=keepdims input
cross            linalg.cross           a b name
cumprod          math.cumprod           x axis exclusive reverse name
decode_base64    io.decode_base64       input name
decode_csv       io.decode_csv          records record_defaults field_delim use_quote_delim name na_value select_cols
decode_raw       io.decode_raw          input_bytes out_type little_endian name bytes=input_bytes
depth_to_space   nn.depth_to_space      input block_size name data_format
dequantize       quantization.dequantize input min_range max_range mode name axis narrow_range dtype
device           device                 device_name_or_function=device_name
diag             linalg.tensor_diag     diagonal name
diag_part        linalg.tensor_diag_part input name
digamma          math.digamma           x name
div_no_nan       math.divide_no_nan     x y name
encode_base64    io.encode_base64       input pad name
erf              math.erf               x name
erfc             math.erfc              x name
expand_dims      expand_dims            input axis name dim=axis
expm1            math.expm1             x name
extract_image_patches image.extract_patches images ksizes=sizes strides rates padding name sizes
fft              signal.fft             input name
fft2d            signal.fft2d           input name
fft3d            signal.fft3d           input name
floor_div        math.floordiv          x y name
floordiv         math.floordiv          x y name
floormod         math.floormod          x y name
foldl            foldl                  fn elems initializer parallel_iterations back_prop swap_memory name
foldr            foldr                  fn elems initializer parallel_iterations back_prop swap_memory name
gather           gather                 params indices validate_indices= name axis batch_dims
gather_nd        gather_nd              params indices name batch_dims bad_indices_policy
global_norm      linalg.global_norm     t_list name
gradients        gradients              ys xs grad_ys name colocate_gradients_with_ops= gate_gradients \
    aggregation_method stop_gradients unconnected_gradients
hessians         hessians               ys xs name colocate_gradients_with_ops= gate_gradients aggregation_method
ifft             signal.ifft            input name
ifft2d           signal.ifft2d          input name
ifft3d           signal.ifft3d          input name
igamma           math.igamma            a x name
igammac          math.igammac           a x name
imag             math.imag              input name
invert_permutation math.invert_permutation x name
is_finite        math.is_finite         x name
is_inf           math.is_inf            x name
is_nan           math.is_nan            x name
lbeta            math.lbeta             x name
lgamma           math.lgamma            x name
lin_space        linspace               start stop num name axis
log              math.log               x name
log1p            math.log1p             x name
log_sigmoid      math.log_sigmoid       x name
logical_xor      math.logical_xor       x y name
map_fn           map_fn                 fn elems dtype parallel_iterations back_prop swap_memory infer_shape \
    name fn_output_signature
matrix_band_part linalg.band_part       input num_lower num_upper name
matrix_determinant linalg.det           input name
matrix_diag      linalg.diag            diagonal name k num_rows num_cols padding_value align
matrix_diag_part linalg.diag_part       input name k padding_value align
matrix_inverse   linalg.inv             input adjoint name
matrix_set_diag  linalg.set_diag        input diagonal name k align
matrix_solve     linalg.solve           matrix rhs adjoint name
matrix_solve_ls  linalg.lstsq           matrix rhs l2_regularizer fast name
matrix_transpose linalg.matrix_transpose a name conjugate
matrix_triangular_solve linalg.triangular_solve matrix rhs lower adjoint name
mod              math.floormod          x y name
multinomial      random.categorical     logits num_samples seed name output_dtype=dtype
norm             norm                   tensor ord axis keepdims name keep_dims=keepdims
ones_like        ones_like              tensor=input dtype name optimize=
pad              pad                    tensor paddings mode name constant_values
parse_example    io.parse_example       serialized features name=name example_names
parse_single_example io.parse_single_example serialized features name example_names
parse_tensor     io.parse_tensor        serialized out_type name
polygamma        math.polygamma         a x name
py_func          numpy_function         func inp Tout stateful name
qr               linalg.qr              input full_matrices name
random_crop      image.random_crop      value size seed name
random_gamma     random.gamma           shape alpha beta dtype seed name
random_normal    random.normal          shape mean stddev dtype seed name
random_poisson   random.poisson         lam=lam shape dtype seed name
random_shuffle   random.shuffle         value seed name
random_uniform   random.uniform         shape minval maxval dtype seed name
read_file        io.read_file           filename name
real             math.real              input name
reciprocal       math.reciprocal        x name
reduce_all       math.reduce_all        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_any       math.reduce_any        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_join      strings.reduce_join    inputs axis keep_dims=keepdims separator name reduction_indices=axis keepdims
reduce_logsumexp math.reduce_logsumexp  input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_max       math.reduce_max        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_mean      math.reduce_mean       input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_min       math.reduce_min        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_prod      math.reduce_prod       input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_sum       math.reduce_sum        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
regex_replace    strings.regex_replace  input pattern rewrite replace_global name
reverse_sequence reverse_sequence       input seq_lengths seq_axis batch_axis name seq_dim=seq_axis \
    batch_dim=batch_axis
reverse_v2       reverse                tensor axis name
rint             math.rint              x name
rsqrt            math.rsqrt             x name
scalar_mul       math.scalar_mul        scalar x name
scan             scan                   fn elems initializer parallel_iterations back_prop swap_memory \
    infer_shape reverse name
segment_max      math.segment_max       data segment_ids name
segment_mean     math.segment_mean      data segment_ids name
segment_min      math.segment_min       data segment_ids name
segment_prod     math.segment_prod      data segment_ids name
segment_sum      math.segment_sum       data segment_ids name
self_adjoint_eig linalg.eigh            tensor name
self_adjoint_eigvals linalg.eigvalsh    tensor name
serialize_many_sparse io.serialize_many_sparse sp_input name out_type
serialize_sparse io.serialize_sparse    sp_input name out_type
shape            shape                  input name out_type
size             size                   input name out_type
space_to_depth   nn.space_to_depth      input block_size name data_format
sparse_add       sparse.add             a b threshold thresh=threshold
sparse_concat    sparse.concat          axis sp_inputs name expand_nonconcat_dim=expand_nonconcat_dims \
    concat_dim=axis expand_nonconcat_dims
sparse_fill_empty_rows sparse.fill_empty_rows sp_input default_value name
sparse_mask      sparse.mask            a mask_indices name
sparse_matmul    linalg.matmul          a b transpose_a transpose_b a_is_sparse b_is_sparse name
sparse_maximum   sparse.maximum         sp_a sp_b name
sparse_minimum   sparse.minimum         sp_a sp_b name
sparse_reduce_max sparse.reduce_max     sp_input axis keepdims reduction_axes=axis keep_dims=keepdims
sparse_reduce_sum sparse.reduce_sum     sp_input axis keepdims reduction_axes=axis keep_dims=keepdims
sparse_reorder   sparse.reorder         sp_input name
sparse_reset_shape sparse.reset_shape   sp_input new_shape
sparse_reshape   sparse.reshape         sp_input shape name
sparse_retain    sparse.retain          sp_input to_retain
sparse_segment_mean sparse.segment_mean data indices segment_ids name num_segments sparse_gradient
sparse_segment_sqrt_n sparse.segment_sqrt_n data indices segment_ids name num_segments sparse_gradient
sparse_segment_sum sparse.segment_sum   data indices segment_ids name num_segments sparse_gradient
sparse_slice     sparse.slice           sp_input start size name
sparse_softmax   sparse.softmax         sp_input name
sparse_split     sparse.split           keyword_required= sp_input num_split axis name split_dim=axis
sparse_tensor_dense_matmul sparse.sparse_dense_matmul sp_a b adjoint_a adjoint_b name
sparse_tensor_to_dense sparse.to_dense  sp_input default_value validate_indices name
sparse_to_indicator sparse.to_indicator sp_input vocab_size name
sparse_transpose sparse.transpose       sp_input perm name
squared_difference math.squared_difference x y name
squeeze          squeeze                input axis name squeeze_dims=axis
string_join      strings.join           inputs separator name
string_strip     strings.strip          input name
string_to_hash_bucket strings.to_hash_bucket string_tensor=input num_buckets name input
string_to_hash_bucket_fast strings.to_hash_bucket_fast input num_buckets name
string_to_hash_bucket_strong strings.to_hash_bucket_strong input num_buckets key name
string_to_number strings.to_number      string_tensor=input out_type name input
substr           strings.substr         input pos len name unit
svd              linalg.svd             tensor full_matrices compute_uv name
tensor_scatter_add tensor_scatter_nd_add tensor indices updates bad_indices_policy name
tensor_scatter_sub tensor_scatter_nd_sub tensor indices updates bad_indices_policy name
tensor_scatter_update tensor_scatter_nd_update tensor indices updates name
to_bfloat16      cast                   x name =bfloat16
to_complex128    cast                   x name =complex128
to_complex64     cast                   x name =complex64
to_double        cast                   x name =float64
to_float         cast                   x name =float32
to_int32         cast                   x name =int32
to_int64         cast                   x name =int64
trace            linalg.trace           x name
transpose        transpose              a perm name conjugate
truncated_normal random.truncated_normal shape mean stddev dtype seed name
tuple            tuple                  tensors name control_inputs
unsorted_segment_max math.unsorted_segment_max data segment_ids num_segments name
unsorted_segment_mean math.unsorted_segment_mean data segment_ids num_segments name
unsorted_segment_min math.unsorted_segment_min data segment_ids num_segments name
unsorted_segment_prod math.unsorted_segment_prod data segment_ids num_segments name
unsorted_segment_sqrt_n math.unsorted_segment_sqrt_n data segment_ids num_segments name
unsorted_segment_sum math.unsorted_segment_sum data segment_ids num_segments name
verify_tensor_all_finite debugging.assert_all_finite t=x msg=message name x message
where_v2         where                  condition x y name
zeros_like       zeros_like             tensor=input dtype name optimize=
zeta             math.zeta              x q name
autograph.to_code autograph.to_code     entity recursive arg_values= arg_types= indentation= \
    experimental_optional_features
autograph.to_graph autograph.to_graph   entity recursive arg_values= arg_types= experimental_optional_features
data.experimental.map_and_batch_with_legacy_function data.experimental.map_and_batch map_func batch_size \
    num_parallel_batches drop_remainder num_parallel_calls
debugging.assert_all_finite debugging.assert_all_finite t=x msg=message name x message
feature_column.categorical_column_with_vocabulary_file feature_column.categorical_column_with_vocabulary_file \
    key vocabulary_file vocabulary_size num_oov_buckets default_value dtype
image.crop_and_resize image.crop_and_resize image boxes box_ind=box_indices crop_size method \
    extrapolation_value name box_indices
image.extract_image_patches image.extract_patches images ksizes=sizes strides rates padding name sizes
image.resize_area raw_ops.ResizeArea    images size align_corners name
image.resize_bicubic raw_ops.ResizeBicubic images size align_corners name half_pixel_centers
image.resize_bilinear raw_ops.ResizeBilinear images size align_corners name half_pixel_centers
image.resize_image_with_crop_or_pad image.resize_with_crop_or_pad image target_height target_width
image.resize_nearest_neighbor raw_ops.ResizeNearestNeighbor images size align_corners name half_pixel_centers
image.transpose_image image.transpose   image name
io.decode_csv    io.decode_csv          records record_defaults field_delim use_quote_delim name na_value select_cols
io.decode_raw    io.decode_raw          input_bytes out_type little_endian name bytes=input_bytes
io.parse_example io.parse_example       serialized features name example_names
io.parse_single_example io.parse_single_example serialized features name example_names
io.serialize_many_sparse io.serialize_many_sparse sp_input name out_type
io.serialize_sparse io.serialize_sparse sp_input name out_type
manip.batch_to_space_nd batch_to_space  input block_shape crops name
manip.gather_nd  gather_nd              params indices name batch_dims bad_indices_policy
manip.reshape    reshape                tensor shape name
manip.reverse    reverse                tensor axis name
manip.roll       roll                   input shift axis name
manip.scatter_nd scatter_nd             indices updates shape bad_indices_policy= name
manip.space_to_batch_nd space_to_batch  input block_shape paddings name
manip.tile       tile                   input multiples name
math.in_top_k    math.in_top_k          predictions targets k name
math.log_softmax nn.log_softmax         logits axis name dim=axis
math.reduce_std  math.reduce_std        input_tensor axis keepdims name
math.reduce_variance math.reduce_variance input_tensor axis keepdims name
math.softmax     nn.softmax             logits axis name dim=axis
nn.avg_pool      nn.avg_pool2d          value=input ksize strides padding data_format name input
nn.avg_pool2d    nn.avg_pool2d          value=input ksize strides padding data_format name input
nn.avg_pool_v2   nn.avg_pool            input ksize strides padding data_format name
nn.batch_norm_with_global_normalization nn.batch_norm_with_global_normalization t=input m=mean v=variance beta \
    gamma variance_epsilon scale_after_normalization name input mean variance
nn.conv1d        nn.conv1d              value=input filters stride padding use_cudnn_on_gpu= data_format name \
    input dilations
nn.conv2d        nn.conv2d              input filter=filters strides padding use_cudnn_on_gpu= data_format \
    dilations name filters
nn.conv2d_backprop_filter raw_ops.Conv2DBackpropFilter input filter_sizes out_backprop strides padding \
    use_cudnn_on_gpu= data_format dilations name
nn.conv2d_backprop_input raw_ops.Conv2DBackpropInput input_sizes filter out_backprop strides padding \
    use_cudnn_on_gpu= data_format dilations name filters=filter
nn.conv2d_transpose nn.conv2d_transpose value=input filter=filters output_shape strides padding data_format name \
    input filters dilations
nn.conv3d        nn.conv3d              input filter=filters strides padding data_format dilations name filters
nn.conv3d_transpose nn.conv3d_transpose value=input filter=filters output_shape strides padding data_format name \
    input filters dilations
nn.convolution   nn.convolution         input filter=filters padding strides dilation_rate=dilations name \
    data_format filters dilations
nn.crelu         nn.crelu               features name axis
nn.depth_to_space nn.depth_to_space     input block_size name data_format
nn.depthwise_conv2d nn.depthwise_conv2d input filter strides padding rate=dilations name data_format dilations
nn.embedding_lookup nn.embedding_lookup params ids partition_strategy= name validate_indices= max_norm
nn.embedding_lookup_sparse nn.embedding_lookup_sparse params sp_ids sp_weights partition_strategy= name combiner \
    max_norm allow_fast_lookup
nn.fractional_avg_pool nn.fractional_avg_pool value pooling_ratio pseudo_random overlapping deterministic= seed \
    seed2= name
nn.fractional_max_pool nn.fractional_max_pool value pooling_ratio pseudo_random overlapping deterministic= seed \
    seed2= name
nn.in_top_k      math.in_top_k          predictions targets k name
nn.leaky_relu    nn.leaky_relu          features alpha name
nn.log_softmax   nn.log_softmax         logits axis name dim=axis
nn.log_uniform_candidate_sampler random.log_uniform_candidate_sampler true_classes num_true num_sampled unique \
    range_max seed name
nn.max_pool      nn.max_pool2d          value=input ksize strides padding data_format name input
nn.max_pool_v2   nn.max_pool            input ksize strides padding data_format name
nn.max_pool_with_argmax nn.max_pool_with_argmax input ksize strides padding data_format Targmax=output_dtype name \
    output_dtype include_batch_in_index
nn.moments       nn.moments             x axes shift= name keep_dims=keepdims keepdims
nn.nce_loss      nn.nce_loss            weights biases labels inputs num_sampled num_classes num_true \
    sampled_values remove_accidental_hits partition_strategy= name
nn.pool          nn.pool                input window_shape pooling_type padding dilation_rate=dilations strides \
    name data_format dilations
nn.safe_embedding_lookup_sparse nn.safe_embedding_lookup_sparse embedding_weights sparse_ids sparse_weights \
    combiner default_id name partition_strategy= max_norm allow_fast_lookup
nn.sampled_softmax_loss nn.sampled_softmax_loss weights biases labels inputs num_sampled num_classes num_true \
    sampled_values remove_accidental_hits partition_strategy= name seed
nn.separable_conv2d nn.separable_conv2d input depthwise_filter pointwise_filter strides padding rate=dilations name \
    data_format dilations
nn.sigmoid_cross_entropy_with_logits nn.sigmoid_cross_entropy_with_logits labels logits name
nn.softmax       nn.softmax             logits axis name dim=axis
nn.softmax_cross_entropy_with_logits nn.softmax_cross_entropy_with_logits labels logits dim=axis name axis
nn.softmax_cross_entropy_with_logits_v2 nn.softmax_cross_entropy_with_logits labels logits axis name dim=axis
nn.space_to_depth nn.space_to_depth     input block_size name data_format
nn.sparse_softmax_cross_entropy_with_logits nn.sparse_softmax_cross_entropy_with_logits labels logits name
nn.sufficient_statistics nn.sufficient_statistics x axes shift keep_dims=keepdims name keepdims
nn.uniform_candidate_sampler random.uniform_candidate_sampler true_classes num_true num_sampled unique \
    range_max seed name
nn.weighted_cross_entropy_with_logits nn.weighted_cross_entropy_with_logits labels logits pos_weight name \
    targets=labels
nn.weighted_moments nn.weighted_moments x axes frequency_weights name keep_dims=keepdims keepdims
random.poisson   random.poisson         lam shape dtype seed name
random.stateless_multinomial random.stateless_categorical logits num_samples seed output_dtype=dtype name
saved_model.contains_saved_model saved_model.contains_saved_model export_dir
saved_model.load_v2 saved_model.load    export_dir tags options
sparse.add       sparse.add             a b threshold thresh=threshold
sparse.concat    sparse.concat          axis sp_inputs name expand_nonconcat_dim=expand_nonconcat_dims \
    concat_dim=axis expand_nonconcat_dims
sparse.matmul    sparse.sparse_dense_matmul sp_a b adjoint_a adjoint_b name
sparse.reduce_max sparse.reduce_max     sp_input axis keepdims reduction_axes=axis keep_dims=keepdims
sparse.reduce_sum sparse.reduce_sum     sp_input axis keepdims reduction_axes=axis keep_dims=keepdims
sparse.segment_mean sparse.segment_mean data indices segment_ids name num_segments sparse_gradient
sparse.segment_sqrt_n sparse.segment_sqrt_n data indices segment_ids name num_segments sparse_gradient
sparse.segment_sum sparse.segment_sum   data indices segment_ids name num_segments sparse_gradient
sparse.split     sparse.split           keyword_required= sp_input num_split axis name split_dim=axis
strings.length   strings.length         input name unit
strings.reduce_join strings.reduce_join inputs axis keep_dims=keepdims separator name reduction_indices=axis keepdims
strings.substr   strings.substr         input pos len name unit
strings.to_hash_bucket strings.to_hash_bucket string_tensor=input num_buckets name input
strings.to_number strings.to_number     string_tensor=input out_type name input
"""

_ASSERTIONS = {
    "x y": "assert_equal assert_greater assert_greater_equal assert_less assert_less_equal assert_none_equal",
    "x": "assert_negative assert_non_negative assert_non_positive assert_positive",
    "x rank": "assert_rank assert_rank_at_least",
    "x ranks": "assert_rank_in",
}
_GFILE = (
    "Copy=copy DeleteRecursively=rmtree Exists=exists Glob=glob IsDirectory=isdir ListDirectory=listdir "
    "MakeDirs=makedirs MkDir=mkdir Remove=remove Rename=rename Stat=stat Walk=walk "
    "GFile=GFile FastGFile=GFile Open=GFile"
)

#: by namespace: objects of TensorFlow 2 that do in TensorFlow 1's place, ``old=new`` where they are called otherwise
_ALIKE = """
: COMPILER_VERSION=version.COMPILER_VERSION CXX11_ABI_FLAG=sysconfig.CXX11_ABI_FLAG CXX_VERSION=sysconfig.CXX_VERSION \
    DeviceSpec FIFOQueue=queue.FIFOQueue FixedLenFeature=io.FixedLenFeature \
    FixedLenSequenceFeature=io.FixedLenSequenceFeature GIT_VERSION=version.GIT_VERSION \
    GRAPH_DEF_VERSION=version.GRAPH_DEF_VERSION \
    GRAPH_DEF_VERSION_MIN_CONSUMER=version.GRAPH_DEF_VERSION_MIN_CONSUMER \
    GRAPH_DEF_VERSION_MIN_PRODUCER=version.GRAPH_DEF_VERSION_MIN_PRODUCER \
    MONOLITHIC_BUILD=sysconfig.MONOLITHIC_BUILD NoGradient=no_gradient NotDifferentiable=no_gradient \
    OpError=errors.OpError PaddingFIFOQueue=queue.PaddingFIFOQueue PriorityQueue=queue.PriorityQueue \
    QUANTIZED_DTYPES=dtypes.QUANTIZED_DTYPES QueueBase=queue.QueueBase RandomShuffleQueue=queue.RandomShuffleQueue \
    SparseFeature=io.SparseFeature VERSION=version.VERSION VarLenFeature=io.VarLenFeature VariableAggregation \
    accumulate_n=math.accumulate_n assert_proper_iterable=debugging.assert_proper_iterable \
    assert_same_float_dtype=debugging.assert_same_float_dtype \
    assert_type=debugging.assert_type decode_compressed=io.decode_compressed \
    decode_json_example=io.decode_json_example deserialize_many_sparse=io.deserialize_many_sparse \
    dimension_at_index=compat.dimension_at_index dimension_value=compat.dimension_value \
    fake_quant_with_min_max_args=quantization.fake_quant_with_min_max_args \
    fake_quant_with_min_max_args_gradient=quantization.fake_quant_with_min_max_args_gradient \
    fake_quant_with_min_max_vars=quantization.fake_quant_with_min_max_vars \
    fake_quant_with_min_max_vars_gradient=quantization.fake_quant_with_min_max_vars_gradient \
    fake_quant_with_min_max_vars_per_channel=quantization.fake_quant_with_min_max_vars_per_channel \
    fake_quant_with_min_max_vars_per_channel_gradient=quantization.fake_quant_with_min_max_vars_per_channel_gradient \
    is_non_decreasing=math.is_non_decreasing is_numeric_tensor=debugging.is_numeric_tensor \
    is_strictly_increasing=math.is_strictly_increasing matching_files=io.matching_files \
    parse_single_sequence_example=io.parse_single_sequence_example quantize=quantization.quantize \
    serialize_tensor=io.serialize_tensor variable_creator_scope write_file=io.write_file
data: Dataset FixedLengthRecordDataset Iterator TFRecordDataset TextLineDataset
data.experimental: Counter CsvDataset DatasetStructure=data.DatasetSpec OptionalStructure=OptionalSpec \
    RaggedTensorStructure=RaggedTensorSpec RandomDataset SparseTensorStructure=SparseTensorSpec SqlDataset \
    Structure=TypeSpec TensorArrayStructure=TensorArraySpec TensorStructure=TensorSpec choose_from_datasets \
    make_batched_features_dataset make_csv_dataset sample_from_datasets
debugging: assert_shapes assert_type is_non_decreasing=math.is_non_decreasing \
    is_strictly_increasing=math.is_strictly_increasing
distribute: MirroredStrategy OneDeviceStrategy ReplicaContext Strategy StrategyExtended
distribute.experimental: CentralStorageStrategy MultiWorkerMirroredStrategy ParameterServerStrategy TPUStrategy
dtypes: as_string=strings.as_string
feature_column: make_parse_example_spec
image: extract_patches
io: PaddingFIFOQueue=queue.PaddingFIFOQueue PriorityQueue=queue.PriorityQueue QueueBase=queue.QueueBase \
    RandomShuffleQueue=queue.RandomShuffleQueue
linalg: matmul tensor_diag_part
lookup: StaticHashTable StaticVocabularyTable
math: abs acos acosh add asin asinh atan atanh bessel_i0 bessel_i0e bessel_i1 bessel_i1e cos cosh divide \
    divide_no_nan erfcinv erfinv exp floor maximum minimum multiply multiply_no_nan ndtri negative \
    reciprocal_no_nan reduce_euclidean_norm round sigmoid sign sin sinh softplus sqrt square tan tanh
math.special: bessel_i0 bessel_i0e bessel_i1 bessel_i1e bessel_j0 bessel_j1 bessel_k0 bessel_k0e bessel_k1 \
    bessel_k1e bessel_y0 bessel_y1 dawsn expint fresnel_cos fresnel_sin spence
nn: relu6 sigmoid silu softplus swish tanh
python_io: TFRecordOptions=io.TFRecordOptions TFRecordWriter=io.TFRecordWriter
sets: set_difference=sets.difference set_intersection=sets.intersection set_size=sets.size set_union=sets.union
spectral: dct=signal.dct fft=signal.fft fft2d=signal.fft2d fft3d=signal.fft3d idct=signal.idct ifft=signal.ifft \
    ifft2d=signal.ifft2d ifft3d=signal.ifft3d irfft=signal.irfft irfft2d=signal.irfft2d irfft3d=signal.irfft3d \
    rfft=signal.rfft rfft2d=signal.rfft2d rfft3d=signal.rfft3d
train: Checkpoint match_filenames_once=io.match_filenames_once
types: experimental
"""


def _alike() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _ALIKE.strip().splitlines():
        path, _, pairs = line.partition(":")
        inside = path + "." if path else ""
        found[path] = {}
        for old, mark, new in (pair.partition("=") for pair in pairs.split()):
            found[path][old] = new if mark else inside + old
    return found


_ALIASES = _alike()


def _rows() -> dict[str, tuple[str, str]]:
    rows = {}
    for line in _TABLE.strip().splitlines():
        name, target, parameters = line.split(None, 2)
        rows[name] = (target, parameters)
    for first, names in _ASSERTIONS.items():
        for name in names.split():
            count = "summarize=" if "rank" in name else "summarize"
            rows[name] = (f"debugging.{name}", f"{first} data= {count} message name")
    rows["assert_near"] = ("debugging.assert_near", "x y rtol atol data= summarize message name")
    rows["assert_integer"] = ("debugging.assert_integer", "x message name")
    return rows


_ROWS = _rows()
#: namespaces whose names are also in tf.compat.v1 itself
_SAME = ("tf.compat.v1.math", "tf.compat.v1.debugging", "tf.compat.v1.linalg", "tf.compat.v1.random")


def _public(path: str) -> Any:
    value: Any = importlib.import_module("kerax")
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _adapted(name: str, target: str, parameters: str) -> Callable[..., Any]:
    """A function with TensorFlow 1's parameters that calls TensorFlow 2's."""
    *given, last = parameters.split()
    constant = last[1:] if last.startswith("=") else None
    order = [part.partition("=") for part in (given if constant else [*given, last])]
    renamed = {old: new if mark else old for old, mark, new in order}

    def function(*args: Any, **kwargs: Any) -> Any:
        if len(args) > len(order):
            raise TypeError(f"{name}() takes {len(order)} positional arguments but {len(args)} were given")
        call: dict[str, Any] = {"dtype": constant} if constant else {}
        for old, value in [*zip(renamed, args, strict=False), *kwargs.items()]:
            if old not in renamed:
                raise TypeError(f"{name}() got an unexpected keyword argument '{old}'")
            if value is None:
                continue  # None is TensorFlow 1's "not given"
            if not renamed[old]:
                if value and old in ("align_corners", "shift"):
                    raise NotImplementedError(f"kerax does not have tf.compat.v1.{name}({old}={value!r}).")
                continue
            if renamed[old] in call:
                raise ValueError(f"Cannot specify both '{old}' and '{renamed[old]}'.")
            call[renamed[old]] = value
        return _public(target)(**call)

    function.__name__ = function.__qualname__ = name.rpartition(".")[2]
    function.__doc__ = f"``tf.{target}`` with the arguments of TensorFlow 1."
    return function


def lookup(path: str, name: str) -> Any:
    """TensorFlow 1's function `name` of the namespace `path` (``"tf.compat.v1.nn"``); None where it is not here."""
    if path == "tf.compat.v1.gfile":
        table = dict(pair.split("=") for pair in _GFILE.split())
        return _public(f"io.gfile.{table[name]}") if name in table else None
    inside = path.removeprefix("tf.compat.v1").strip(".")
    if name in _ALIASES.get(inside, ()):
        return _public(_ALIASES[inside][name])
    inner = f"{path}.{name}".removeprefix("tf.compat.v1.")
    key = inner if inner in _ROWS else name if path in _SAME else ""
    return _adapted(inner, *_ROWS[key]) if key in _ROWS else None


def below(path: str) -> set[str]:
    """The names that `lookup` knows in a namespace."""
    if path == "tf.compat.v1.gfile":
        return {pair.partition("=")[0] for pair in _GFILE.split()}
    inside = path.removeprefix("tf.compat.v1").strip(".")
    own = {name.rpartition(".")[2] for name in _ROWS if name.rpartition(".")[0] == inside}
    return own | set(_ALIASES.get(inside, ()))
