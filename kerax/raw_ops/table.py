"""TensorFlow's raw ops and the functions that do the same.

A line is: name of the op, the function's place in kerax, and the op's arguments in order. ``a=1`` is an argument with
a default value, ``a>b`` one that the function calls ``b``, ``!a=1`` one that must have its default value here, ``~a=1``
one that the function does not need, ``*a=1`` one of the function alone, and ``i+v+s>b`` three that are its one sparse
tensor. After ``->`` come the names of several results. Indented lines go on with the line above.

Here are the ops of arrays and the oldest ones; ``table_data`` has those of sparse and ragged tensors, strings, lists,
tables and files, ``table_numbers`` those of gradients, random numbers, quantization and images.
"""

# ops of x alone, by the function's place
UNARY = """
    math Abs:abs Acos:acos Acosh:acosh Asin:asin Asinh:asinh Atan:atan Atanh:atanh Ceil:ceil Cos:cos Cosh:cosh
    math Digamma:digamma Erf:erf Erfc:erfc Erfinv:erfinv Exp:exp Expm1:expm1 Floor:floor Inv:reciprocal
    math InvertPermutation:invert_permutation IsFinite:is_finite IsInf:is_inf IsNan:is_nan Lgamma:lgamma Log:log
    math Log1p:log1p LogicalNot:logical_not Neg:negative Reciprocal:reciprocal Rint:rint Round:round Rsqrt:rsqrt
    math Sigmoid:sigmoid Sign:sign Sin:sin Sinh:sinh Sqrt:sqrt Square:square Tan:tan Tanh:tanh Ndtri:ndtri
    math.special BesselI0:bessel_i0 BesselI0e:bessel_i0e BesselI1:bessel_i1 BesselI1e:bessel_i1e BesselJ0:bessel_j0
    math.special BesselJ1:bessel_j1 BesselK0:bessel_k0 BesselK0e:bessel_k0e BesselK1:bessel_k1 BesselK1e:bessel_k1e
    math.special BesselY0:bessel_y0 BesselY1:bessel_y1 Dawsn:dawsn Expint:expint FresnelCos:fresnel_cos
    math.special FresnelSin:fresnel_sin Spence:spence
    bitwise Invert:invert
"""

# ops of x and y
BINARY = """
    math Add:add AddV2:add DivNoNan:divide_no_nan FloorDiv:floordiv FloorMod:floormod
    math Greater:greater GreaterEqual:greater_equal Less:less LessEqual:less_equal LogicalAnd:logical_and
    math LogicalOr:logical_or Maximum:maximum Minimum:minimum Mul:multiply MulNoNan:multiply_no_nan Pow:pow
    math SquaredDifference:squared_difference Sub:subtract Xdivy:xdivy Xlog1py:xlog1py Xlogy:xlogy
    math.arithmetic RealDiv:realdiv TruncateDiv:truncatediv TruncateMod:truncatemod Mod:truncatemod
    bitwise BitwiseAnd:bitwise_and BitwiseOr:bitwise_or BitwiseXor:bitwise_xor LeftShift:left_shift
    bitwise RightShift:right_shift
"""

OPS = """
AddN math.add_n inputs
All math.reduce_all input>input_tensor axis keep_dims=False>keepdims
Any math.reduce_any input>input_tensor axis keep_dims=False>keepdims
EuclideanNorm math.reduce_euclidean_norm input>input_tensor axis keep_dims=False>keepdims
Max math.reduce_max input>input_tensor axis keep_dims=False>keepdims
Mean math.reduce_mean input>input_tensor axis keep_dims=False>keepdims
Min math.reduce_min input>input_tensor axis keep_dims=False>keepdims
Prod math.reduce_prod input>input_tensor axis keep_dims=False>keepdims
Sum math.reduce_sum input>input_tensor axis keep_dims=False>keepdims
ApproximateEqual raw_ops.special.approximate_equal x y tolerance=1e-05
ArgMax math.argmax input dimension>axis output_type=int64
ArgMin math.argmin input dimension>axis output_type=int64
AsString strings.as_string input precision=-1 scientific=False shortest=False width=-1 fill=''
Atan2 math.atan2 y x
AvgPool nn.avg_pool2d value>input ksize strides padding data_format='NHWC'
AvgPool3D nn.avg_pool3d input ksize strides padding data_format='NDHWC'
BatchMatMul linalg.matmul x>a y>b adj_x=False>adjoint_a adj_y=False>adjoint_b !grad_x=False !grad_y=False
BatchMatMulV2 linalg.matmul x>a y>b adj_x=False>adjoint_a adj_y=False>adjoint_b !grad_x=False !grad_y=False
BatchMatMulV3 linalg.matmul x>a y>b Tout>output_type adj_x=False>adjoint_a adj_y=False>adjoint_b !grad_x=False
    !grad_y=False
BatchToSpaceND array_ops.batch_to_space input block_shape crops
Betainc math.betainc a b x
BiasAdd nn.bias_add value bias data_format='NHWC'
Bitcast array_ops.bitcast input type
BroadcastArgs array_ops.broadcast_dynamic_shape s0>shape_x s1>shape_y
BroadcastGradientArgs raw_ops.special.broadcast_gradient_args s0 s1
BroadcastTo array_ops.broadcast_to input shape
Bucketize raw_ops.special.bucketize input boundaries
Cast math.casting.cast x DstT>dtype !Truncate=False
CheckNumerics debugging.check_numerics tensor message
Cholesky linalg.cholesky input
ClipByValue math.clip.clip_by_value t clip_value_min clip_value_max
Complex math.casting.complex real imag ~Tout=complex64
ComplexAbs math.abs x ~Tout=float32
Concat array_ops.concat concat_dim>axis values
ConcatV2 array_ops.concat values axis
Conj math.conj input>x
ConjugateTranspose raw_ops.special.conjugate_transpose x perm
Conv2D raw_ops.special.conv2d input filter strides padding ~use_cudnn_on_gpu=True explicit_paddings=[]
    data_format='NHWC' dilations=[1,1,1,1]
Conv3D nn.conv3d input filter>filters strides padding data_format='NDHWC' dilations=[1,1,1,1,1]
Copy array_ops.identity input !tensor_name='' !debug_ops_spec=[]
CropAndResize image.crop_and_resize image boxes box_ind>box_indices crop_size method='bilinear' extrapolation_value=0
Cross linalg.cross a b
Cumprod math.cumprod x axis exclusive=False reverse=False
Cumsum math.cumsum x axis exclusive=False reverse=False
CumulativeLogsumexp math.cumulative_logsumexp x axis exclusive=False reverse=False
DecodeBase64 io.decode_base64 input
DecodeRaw io.decode_raw bytes>input_bytes out_type little_endian=True
DecodeWav audio.decode_wav contents desired_channels=-1 desired_samples=-1
DeepCopy array_ops.identity x>input
DepthToSpace nn.depth_to_space input block_size data_format='NHWC'
DepthwiseConv2dNative nn.depthwise_conv2d input filter strides padding !explicit_paddings=[] data_format='NHWC'
    !dilations=[1,1,1,1]
Dequantize quantization.dequantize input min_range max_range mode='MIN_COMBINED' narrow_range=False axis=-1
    dtype=float32
Diag linalg.tensor_diag diagonal
DiagPart linalg.tensor_diag_part input
Dilation2D nn.dilation2d input filter>filters strides rates>dilations padding *data_format='NHWC'
Div raw_ops.special.div x y
DynamicPartition array_ops.dynamic_partition data partitions num_partitions
DynamicStitch array_ops.dynamic_stitch indices data
ParallelDynamicStitch array_ops.dynamic_stitch indices data
Einsum raw_ops.special.einsum inputs equation
Elu nn.elu features
Empty array_ops.zeros shape dtype !init=False
EncodeBase64 io.encode_base64 input pad=False
EncodeWav audio.encode_wav audio sample_rate
EnsureShape array_ops.ensure_shape input>x shape
Equal math.equal x y !incompatible_shape_error=True
NotEqual math.not_equal x y !incompatible_shape_error=True
ExpandDims array_ops.expand_dims input axis
ExtractImagePatches image.extract_patches images ksizes>sizes strides rates padding
FFT signal.fft input
FFT2D signal.fft2d input
FFT3D signal.fft3d input
IFFT signal.ifft input
IFFT2D signal.ifft2d input
IFFT3D signal.ifft3d input
RFFT signal.rfft input>input_tensor fft_length ~Tcomplex=complex64
IRFFT signal.irfft input>input_tensor fft_length ~Treal=float32
FakeQuantWithMinMaxArgs quantization.fake_quant_with_min_max_args inputs min=-6 max=6 num_bits=8 narrow_range=False
FakeQuantWithMinMaxVars quantization.fake_quant_with_min_max_vars inputs min max num_bits=8 narrow_range=False
FakeQuantWithMinMaxVarsPerChannel quantization.fake_quant_with_min_max_vars_per_channel inputs min max num_bits=8
    narrow_range=False
Fill array_ops.fill dims value
Fingerprint strings.buckets.fingerprint data method
Gather array_ops.gather params indices ~validate_indices=True
GatherNd array_ops.gather_nd params indices !bad_indices_policy=''
GatherV2 array_ops.gather params indices axis batch_dims=0
HSVToRGB image.hsv_to_rgb images
RGBToHSV image.rgb_to_hsv images
HistogramFixedWidth array_ops.histogram_fixed_width values value_range nbins dtype=int32
Identity array_ops.identity input
IdentityN array_ops.identity_n input
Snapshot array_ops.identity input
ImageProjectiveTransformV2 raw_ops.special.image_projective_transform images transforms output_shape interpolation
    fill_mode='CONSTANT' *fill_value=0.0
ImageProjectiveTransformV3 raw_ops.special.image_projective_transform images transforms output_shape fill_value
    interpolation fill_mode='CONSTANT'
Igamma math.igamma a x
Igammac math.igammac a x
IgammaGradA raw_ops.special.igamma_grad_a a x
Imag math.imag input ~Tout=float32
Real math.real input ~Tout=float32
Angle math.angle input ~Tout=float32
InTopKV2 math.in_top_k predictions targets k
L2Loss nn.l2_loss t
LRN nn.local_response_normalization input depth_radius=5 bias=1 alpha=1 beta=0.5
LeakyRelu nn.leaky_relu features alpha=0.2
LinSpace math.ranges.linspace start stop num
ListDiff raw_ops.special.list_diff x y out_idx=int32
LogMatrixDeterminant linalg.slogdet input
LogSoftmax nn.log_softmax logits
LowerBound array_ops.searchsorted sorted_inputs>sorted_sequence values out_type=int32 *side='left'
UpperBound array_ops.searchsorted sorted_inputs>sorted_sequence values out_type=int32 *side='right'
Lu linalg.lu input output_idx_type=int32
MatMul linalg.matmul a b transpose_a=False transpose_b=False !grad_a=False !grad_b=False
MatrixBandPart linalg.band_part input num_lower num_upper
MatrixDeterminant linalg.det input
MatrixDiag linalg.diag diagonal
MatrixDiagPart linalg.diag_part input
MatrixDiagPartV2 linalg.diag_part input k padding_value *align='LEFT_LEFT'
MatrixExponential linalg.expm input
MatrixInverse linalg.inv input adjoint=False
MatrixSetDiag linalg.set_diag input diagonal
MatrixSolve linalg.solve matrix rhs adjoint=False
MatrixSquareRoot linalg.sqrtm input
MatrixTriangularSolve linalg.triangular_solve matrix rhs lower=True adjoint=False
MaxPool nn.max_pool2d input ksize strides padding !explicit_paddings=[] data_format='NHWC'
MaxPool3D nn.max_pool3d input ksize strides padding data_format='NDHWC'
MirrorPad array_ops.pad input>tensor paddings mode
Pad array_ops.pad input>tensor paddings
PadV2 array_ops.pad input>tensor paddings constant_values
NextAfter math.nextafter x1 x2
NthElement raw_ops.special.nth_element input n reverse=False
NonMaxSuppressionV3 image.non_max_suppression boxes scores max_output_size iou_threshold score_threshold
OneHot array_ops.one_hot indices depth on_value off_value axis=-1
OnesLike array_ops.ones_like x>input
ZerosLike array_ops.zeros_like x>input
Pack array_ops.stack values axis=0
Unpack array_ops.unstack value num axis=0
ParseTensor io.parse_tensor serialized out_type
SerializeTensor io.serialize_tensor tensor
PlaceholderWithDefault array_ops.identity input ~shape
Polygamma math.polygamma a x
PopulationCount raw_ops.special.population_count x
Qr linalg.qr input full_matrices=False
QuantizeAndDequantizeV4 quantization.quantize_and_dequantize_v2 input input_min input_max signed_input=True
    num_bits=8 range_given=False round_mode='HALF_TO_EVEN' narrow_range=False axis=-1
QuantizeV2 quantization.quantize input min_range max_range T mode='MIN_COMBINED' round_mode='HALF_AWAY_FROM_ZERO'
    narrow_range=False axis=-1 ensure_minimum_range=0.01
StatelessMultinomial random.stateless_categorical logits num_samples seed output_dtype=int64>dtype
StatelessRandomNormal random.stateless_normal shape seed dtype=float32
StatelessRandomUniform random.stateless_uniform shape seed dtype=float32
StatelessTruncatedNormal random.stateless_truncated_normal shape seed dtype=float32
Range array_ops.range start limit delta
RandomGammaGrad raw_ops.special.random_gamma_grad alpha sample
Rank array_ops.rank input
ReadFile io.read_file filename
WriteFile io.write_file filename contents
MatchingFiles io.matching_files pattern
ReduceJoin strings.reduce_join inputs reduction_indices>axis keep_dims=False>keepdims separator=''
RegexFullMatch strings.regex_full_match input pattern
StaticRegexFullMatch strings.regex_full_match input pattern
RegexReplace strings.regex_replace input pattern rewrite replace_global=True
StaticRegexReplace strings.regex_replace input pattern rewrite replace_global=True
Relu nn.relu features
Relu6 nn.relu6 features
Reshape array_ops.reshape tensor shape
Reverse raw_ops.special.reverse tensor dims
ReverseSequence array_ops.reverse_sequence input seq_lengths seq_dim>seq_axis batch_dim=0>batch_axis
ReverseV2 array_ops.reverse tensor axis
Roll array_ops.roll input shift axis
ScatterNd array_ops.scatter_nd indices updates shape !bad_indices_policy=''
SegmentMax math.segment_max data segment_ids
SegmentMean math.segment_mean data segment_ids
SegmentMin math.segment_min data segment_ids
SegmentProd math.segment_prod data segment_ids
SegmentSum math.segment_sum data segment_ids
Select raw_ops.special.select condition x y
SelectV2 array_ops.where condition t>x e>y
SelfAdjointEigV2 linalg.eigh input>tensor !compute_v=True
Selu nn.selu features
Shape array_ops.shape input out_type=int32
ShapeN array_ops.shape_n input out_type=int32
Size array_ops.size input out_type=int32
Slice array_ops.slice input>input_ begin size
Softmax nn.softmax logits
SoftmaxCrossEntropyWithLogits raw_ops.special.softmax_cross_entropy features labels
SparseSoftmaxCrossEntropyWithLogits raw_ops.special.sparse_softmax_cross_entropy features labels
Softplus nn.softplus features
Softsign nn.softsign features
SpaceToBatchND array_ops.space_to_batch_nd input block_shape paddings
SpaceToDepth nn.space_to_depth input block_size data_format='NHWC'
Split array_ops.split axis value num_split>num_or_size_splits
SplitV raw_ops.special.split_v value size_splits axis num_split
Squeeze raw_ops.special.squeeze input axis=[]
StopGradient core.custom_gradient.stop_gradient input
PreventGradient core.custom_gradient.stop_gradient input !message=''
StridedSlice array_ops.strided_slice input>input_ begin end strides begin_mask=0 end_mask=0 ellipsis_mask=0
    new_axis_mask=0 shrink_axis_mask=0
StringJoin strings.join inputs separator=''
StringLength strings.length input unit='BYTE'
StringLower strings.lower input encoding=''
StringUpper strings.upper input encoding=''
StringStrip strings.strip input
StringToHashBucket strings.to_hash_bucket string_tensor>input num_buckets
StringToHashBucketFast strings.to_hash_bucket_fast input num_buckets
StringToHashBucketStrong strings.to_hash_bucket_strong input num_buckets key
StringToNumber strings.to_number string_tensor>input out_type=float32
Substr strings.substr input pos len unit='BYTE'
UnicodeScript strings.unicode_script input
UnicodeTranscode strings.unicode_transcode input input_encoding output_encoding errors='replace'
    replacement_char=65533 replace_control_characters=False
UnsortedSegmentJoin strings.unsorted_segment_join inputs segment_ids num_segments separator=''
Svd raw_ops.special.svd input compute_uv=True full_matrices=False
TensorScatterAdd array_ops.tensor_scatter_nd_add tensor indices updates !bad_indices_policy=''
TensorScatterMax array_ops.tensor_scatter_nd_max tensor indices updates !bad_indices_policy=''
TensorScatterMin array_ops.tensor_scatter_nd_min tensor indices updates !bad_indices_policy=''
TensorScatterSub array_ops.tensor_scatter_nd_sub tensor indices updates !bad_indices_policy=''
TensorScatterUpdate array_ops.tensor_scatter_nd_update tensor indices updates !bad_indices_policy=''
Tile array_ops.tile input multiples
Timestamp core.graph.timestamp
NoOp core.graph.no_op
TopKV2 math.top_k input k sorted=True index_type=int32
Transpose array_ops.transpose x>a perm
Unique array_ops.unique x out_idx=int32
UniqueWithCounts array_ops.unique_with_counts x out_idx=int32
UnravelIndex array_ops.unravel_index indices dims
UnsortedSegmentMax math.unsorted_segment_max data segment_ids num_segments
UnsortedSegmentMin math.unsorted_segment_min data segment_ids num_segments
UnsortedSegmentProd math.unsorted_segment_prod data segment_ids num_segments
UnsortedSegmentSum math.unsorted_segment_sum data segment_ids num_segments
Where array_ops.where condition
Zeta math.zeta x q
AdjustContrastv2 image.adjust_contrast images contrast_factor
AdjustHue image.adjust_hue images>image delta
AdjustSaturation image.adjust_saturation images>image scale>saturation_factor
DrawBoundingBoxes image.draw_bounding_boxes images boxes *colors=None
DecodePng image.decode_png contents channels=0 dtype=uint8
EncodePng image.encode_png image compression=-1
ResizeBicubic raw_ops.special.resize_bicubic images size align_corners=False half_pixel_centers=False
ResizeBilinear raw_ops.special.resize_bilinear images size align_corners=False half_pixel_centers=False
ResizeNearestNeighbor raw_ops.special.resize_nearest images size align_corners=False half_pixel_centers=False
SigmoidGrad raw_ops.special.sigmoid_grad y dy
TanhGrad raw_ops.special.tanh_grad y dy
ReluGrad raw_ops.special.relu_grad gradients features
Relu6Grad raw_ops.special.relu6_grad gradients features
EluGrad raw_ops.special.elu_grad gradients outputs
SoftplusGrad raw_ops.special.softplus_grad gradients features
InvGrad raw_ops.special.reciprocal_grad y dy
ReciprocalGrad raw_ops.special.reciprocal_grad y dy
RsqrtGrad raw_ops.special.rsqrt_grad y dy
SqrtGrad raw_ops.special.sqrt_grad y dy
Assert debugging.Assert condition data summarize=3
BiasAddGrad raw_ops.backprop.bias_add_grad out_backprop data_format='NHWC'
Bincount raw_ops.special.bincount arr size weights
DenseBincount raw_ops.special.bincount input>arr size weights binary_output=False
DecodeCSV io.decode_csv records record_defaults field_delim=',' use_quote_delim=True na_value='' !select_cols=[]
Conv2DBackpropFilter raw_ops.backprop.conv2d_backprop_filter input filter_sizes out_backprop strides padding
    ~use_cudnn_on_gpu=True explicit_paddings=[] data_format='NHWC' dilations=[1,1,1,1]
Conv2DBackpropInput raw_ops.backprop.conv2d_backprop_input input_sizes filter out_backprop strides padding
    ~use_cudnn_on_gpu=True explicit_paddings=[] data_format='NHWC' dilations=[1,1,1,1]
MaxPoolGrad raw_ops.backprop.max_pool_grad orig_input orig_output grad ksize strides padding !explicit_paddings=[]
    data_format='NHWC'
AvgPoolGrad raw_ops.backprop.avg_pool_grad orig_input_shape grad ksize strides padding data_format='NHWC'
FusedBatchNormV3 raw_ops.backprop.fused_batch_norm x scale offset mean variance epsilon=0.0001
    exponential_avg_factor=1 data_format='NHWC' is_training=True
FusedBatchNormV2 raw_ops.backprop.fused_batch_norm_v2 x scale offset mean variance epsilon=0.0001
    exponential_avg_factor=1 data_format='NHWC' is_training=True
FusedBatchNorm raw_ops.backprop.fused_batch_norm_v2 x scale offset mean variance epsilon=0.0001
    exponential_avg_factor=1 data_format='NHWC' is_training=True
QuantizeAndDequantizeV2 quantization.quantize_and_dequantize_v2 input input_min input_max signed_input=True
    num_bits=8 range_given=False round_mode='HALF_TO_EVEN' narrow_range=False axis=-1
ResizeArea image.resize images size !align_corners=False *method='area'
SparseTensorDenseMatMul raw_ops.special.sparse_matmul a_indices a_values a_shape b adjoint_a=False adjoint_b=False
SparseReorder raw_ops.special.sparse_reorder input_indices input_values input_shape
SparseToDense raw_ops.special.sparse_to_dense sparse_indices output_shape sparse_values default_value
    validate_indices=True
InplaceAdd raw_ops.special.inplace_add x i v
InplaceSub raw_ops.special.inplace_sub x i v
InplaceUpdate raw_ops.special.inplace_update x i v
MatrixDiagV3 linalg.diag diagonal k num_rows num_cols padding_value align='RIGHT_LEFT'
ReadVariableOp raw_ops.resource.read resource dtype
AssignVariableOp raw_ops.resource.assign resource value validate_shape=False
AssignAddVariableOp raw_ops.resource.assign_add resource value
AssignSubVariableOp raw_ops.resource.assign_sub resource value
ResourceGather raw_ops.resource.gather resource indices ~dtype batch_dims=0 ~validate_indices=True
ResourceScatterAdd raw_ops.resource.scatter_add resource indices updates
ResourceScatterSub raw_ops.resource.scatter_sub resource indices updates
ResourceScatterMul raw_ops.resource.scatter_mul resource indices updates
ResourceScatterDiv raw_ops.resource.scatter_div resource indices updates
ResourceScatterMin raw_ops.resource.scatter_min resource indices updates
ResourceScatterMax raw_ops.resource.scatter_max resource indices updates
ResourceScatterUpdate raw_ops.resource.scatter_update resource indices updates
"""
