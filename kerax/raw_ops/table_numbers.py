"""Raw ops of linear algebra, gradients, random numbers, quantization and images; ``table`` says what a line means."""

OPS = """
AccumulateNV2 math.add_n inputs ~shape
ApproxTopK raw_ops.numbers.approx_top_k input k reduction_dimension=-1 recall_target=0.95 is_max_k=True
    reduction_input_size_override=-1 aggregate_to_topk=True -> values indices
TopK math.top_k input k sorted=True -> values indices
InTopK math.in_top_k predictions targets k
Eig raw_ops.numbers.eig input ~Tout compute_v=True -> e v
SelfAdjointEigV2 raw_ops.numbers.self_adjoint_eig input compute_v=True -> e v
CholeskyGrad raw_ops.gradients.cholesky l grad
MatrixSolveLs raw_ops.numbers.lstsq matrix rhs l2_regularizer fast=True
MatrixLogarithm linalg.logm input
FFTND signal.fftnd input>input_tensor fft_length axes
IFFTND signal.ifftnd input>input_tensor fft_length axes
RFFTND signal.rfftnd input>input_tensor fft_length axes ~Tcomplex=complex64
IRFFTND signal.irfftnd input>input_tensor fft_length axes ~Treal=float32
RFFT2D signal.rfft2d input>input_tensor fft_length ~Tcomplex=complex64
RFFT3D signal.rfft3d input>input_tensor fft_length ~Tcomplex=complex64
IRFFT2D signal.irfft2d input>input_tensor fft_length ~Treal=float32
IRFFT3D signal.irfft3d input>input_tensor fft_length ~Treal=float32
MatrixDiagPartV3 linalg.diag_part input k padding_value align='RIGHT_LEFT'
MatrixSetDiagV2 linalg.set_diag input diagonal k *align='LEFT_LEFT'
MatrixSetDiagV3 linalg.set_diag input diagonal k align='RIGHT_LEFT'
MatrixDiagV2 linalg.diag diagonal k num_rows num_cols padding_value *align='LEFT_LEFT'
TridiagonalMatMul raw_ops.numbers.tridiagonal_matmul superdiag maindiag subdiag rhs
TridiagonalSolve linalg.tridiagonal_solve diagonals rhs partial_pivoting=True perturb_singular=False
BandedTriangularSolve linalg.banded_triangular_solve matrix>bands rhs lower=True adjoint=False
SobolSample math.sobol_sample dim num_results skip dtype=float32
SegmentMaxV2 math.unsorted_segment_max data segment_ids num_segments
SegmentMinV2 math.unsorted_segment_min data segment_ids num_segments
SegmentProdV2 math.unsorted_segment_prod data segment_ids num_segments
SegmentSumV2 math.unsorted_segment_sum data segment_ids num_segments
CheckNumericsV2 debugging.check_numerics tensor message

LeakyReluGrad raw_ops.special.leaky_relu_grad gradients features alpha=0.2
SeluGrad raw_ops.special.selu_grad gradients outputs
SoftsignGrad raw_ops.special.softsign_grad gradients features
LRNGrad raw_ops.gradients.lrn input_grads input_image ~output_image depth_radius=5 bias=1 alpha=1 beta=0.5
MirrorPadGrad raw_ops.gradients.mirror_pad input paddings mode
StridedSliceGrad raw_ops.gradients.strided_slice shape begin end strides dy begin_mask=0 end_mask=0 ellipsis_mask=0
    new_axis_mask=0 shrink_axis_mask=0
ResizeBicubicGrad raw_ops.gradients.resize_bicubic grads original_image align_corners=False half_pixel_centers=False
ResizeBilinearGrad raw_ops.gradients.resize_bilinear grads original_image align_corners=False half_pixel_centers=False
ResizeNearestNeighborGrad raw_ops.gradients.resize_nearest grads size align_corners=False half_pixel_centers=False
CropAndResizeGradImage raw_ops.gradients.crop_image grads boxes box_ind image_size T method='bilinear'
CropAndResizeGradBoxes raw_ops.gradients.crop_boxes grads image boxes box_ind method='bilinear'
SparseSegmentSumGrad raw_ops.gradients.segment_sum grad indices segment_ids output_dim0
SparseSegmentMeanGrad raw_ops.gradients.segment_mean grad indices segment_ids output_dim0
SparseSegmentSqrtNGrad raw_ops.gradients.segment_sqrt_n grad indices segment_ids output_dim0
Dilation2DBackpropInput raw_ops.gradients.dilation_input input filter out_backprop strides rates padding
Dilation2DBackpropFilter raw_ops.gradients.dilation_filter input filter out_backprop strides rates padding
AvgPool3DGrad raw_ops.gradients.avg_pool3d orig_input_shape grad ksize strides padding data_format='NDHWC'
MaxPool3DGrad raw_ops.gradients.max_pool3d orig_input ~orig_output grad ksize strides padding data_format='NDHWC'
MaxPool3DGradGrad raw_ops.gradients.max_pool3d_grad orig_input ~orig_output grad ksize strides padding
    data_format='NDHWC'
MaxPoolGradGrad raw_ops.gradients.max_pool_grad orig_input ~orig_output grad ksize strides padding data_format='NHWC'
MaxPoolGradGradV2 raw_ops.gradients.max_pool_grad orig_input ~orig_output grad ksize strides padding
    data_format='NHWC'
MaxPoolGradV2 raw_ops.backprop.max_pool_grad orig_input orig_output grad ksize strides padding data_format='NHWC'
MaxPoolGradWithArgmax raw_ops.gradients.max_pool_argmax input grad argmax ~ksize ~strides ~padding
    include_batch_in_index=False
FractionalMaxPoolGrad raw_ops.gradients.fractional_max_pool orig_input ~orig_output out_backprop row_pooling_sequence
    col_pooling_sequence overlapping=False
FractionalAvgPoolGrad raw_ops.gradients.fractional_avg_pool orig_input_tensor_shape out_backprop row_pooling_sequence
    col_pooling_sequence overlapping=False
QuantizeAndDequantizeV4Grad raw_ops.gradients.quantize_and_dequantize gradients input input_min input_max axis=-1
    -> input_backprop input_min_backprop input_max_backprop
FakeQuantWithMinMaxArgsGradient quantization.fake_quant_with_min_max_args_gradient gradients inputs min=-6 max=6
    num_bits=8 narrow_range=False
FakeQuantWithMinMaxVarsGradient quantization.fake_quant_with_min_max_vars_gradient gradients inputs min max
    num_bits=8 narrow_range=False
FakeQuantWithMinMaxVarsPerChannelGradient quantization.fake_quant_with_min_max_vars_per_channel_gradient gradients
    inputs min max num_bits=8 narrow_range=False

Conv2DBackpropInputV2 nn.convolution_transpose.conv2d_backprop_input_v2 input filter out_backprop strides padding
    ~use_cudnn_on_gpu=True explicit_paddings=[] data_format='NHWC' dilations=[1,1,1,1]
Conv2DBackpropFilterV2 nn.convolution_transpose.conv2d_backprop_filter_v2 input filter out_backprop strides padding
    ~use_cudnn_on_gpu=True explicit_paddings=[] data_format='NHWC' dilations=[1,1,1,1]
Conv3DBackpropInputV2 raw_ops.backprop.conv3d_backprop_input input_sizes filter out_backprop strides padding
    data_format='NDHWC' dilations=[1,1,1,1,1]
Conv3DBackpropFilterV2 raw_ops.backprop.conv3d_backprop_filter input filter_sizes out_backprop strides padding
    data_format='NDHWC' dilations=[1,1,1,1,1]
DepthwiseConv2dNativeBackpropInput raw_ops.backprop.depthwise_backprop_input input_sizes filter out_backprop strides
    padding explicit_paddings=[] data_format='NHWC' dilations=[1,1,1,1]
DepthwiseConv2dNativeBackpropFilter raw_ops.backprop.depthwise_backprop_filter input filter_sizes out_backprop strides
    padding explicit_paddings=[] data_format='NHWC' dilations=[1,1,1,1]
FusedPadConv2D raw_ops.backprop.pad_conv2d input paddings filter mode strides padding
FusedResizeAndPadConv2D raw_ops.backprop.resize_pad_conv2d input size paddings filter mode strides padding
    resize_align_corners=False
BiasAddV1 nn.bias_add value bias
FusedBatchNormGradV3 raw_ops.backprop.fused_batch_norm_grad y_backprop x scale reserve_space_1 reserve_space_2
    ~reserve_space_3 epsilon=0.0001 data_format='NHWC' is_training=True
    -> x_backprop scale_backprop offset_backprop reserve_space_4 reserve_space_5
FusedBatchNormGradV2 raw_ops.backprop.fused_batch_norm_grad y_backprop x scale reserve_space_1 reserve_space_2
    epsilon=0.0001 data_format='NHWC' is_training=True
    -> x_backprop scale_backprop offset_backprop reserve_space_3 reserve_space_4
FusedBatchNormGrad raw_ops.backprop.fused_batch_norm_grad y_backprop x scale reserve_space_1 reserve_space_2
    epsilon=0.0001 data_format='NHWC' is_training=True
    -> x_backprop scale_backprop offset_backprop reserve_space_3 reserve_space_4
MaxPoolV2 nn.max_pool2d input ksize strides padding data_format='NHWC'
MaxPoolWithArgmax raw_ops.backprop.max_pool_with_argmax input ksize strides padding Targmax=int64>output_dtype
    include_batch_in_index=False -> output argmax

CTCLoss raw_ops.sequences.ctc_loss inputs labels_indices labels_values sequence_length
    preprocess_collapse_repeated=False ctc_merge_repeated=True ignore_longer_outputs_than_inputs=False -> loss gradient
CTCGreedyDecoder raw_ops.sequences.ctc_greedy_decoder inputs sequence_length merge_repeated=False blank_index=-1
    -> decoded_indices decoded_values decoded_shape log_probability
CTCBeamSearchDecoder raw_ops.sequences.ctc_beam_search_decoder inputs sequence_length beam_width top_paths
    merge_repeated=True -> decoded_indices decoded_values decoded_shape log_probability
RandomGamma raw_ops.random.gamma shape alpha seed=0 seed2=0
RandomPoissonV2 raw_ops.random.poisson shape rate seed=0 seed2=0 dtype=int64
RandomShuffle raw_ops.random.shuffle value seed=0 seed2=0
RandomStandardNormal raw_ops.random.normal shape dtype seed=0 seed2=0
RandomUniform raw_ops.random.uniform shape dtype seed=0 seed2=0
RandomUniformInt raw_ops.random.uniform_int shape minval maxval seed=0 seed2=0
TruncatedNormal raw_ops.random.truncated_normal shape dtype seed=0 seed2=0
Multinomial raw_ops.random.multinomial logits num_samples seed=0 seed2=0 output_dtype=int64
ParameterizedTruncatedNormal raw_ops.random.parameterized_truncated_normal shape means stdevs minvals maxvals seed=0
    seed2=0
NonDeterministicInts raw_ops.random.non_deterministic_ints shape dtype=int64
RandomIndexShuffle random.stateless.random_index_shuffle index seed max_index rounds=4
StatelessParameterizedTruncatedNormal random.stateless_parameterized_truncated_normal shape seed means stddevs minvals
    maxvals
StatelessRandomBinomial random.stateless_binomial shape seed counts probs dtype=int64>output_dtype
StatelessRandomPoisson random.stateless_poisson shape seed lam dtype
StatelessRandomGammaV2 raw_ops.random.stateless_gamma shape seed alpha
StatelessRandomUniformFullInt raw_ops.random.stateless_full_int shape seed dtype=uint64
StatelessRandomUniformInt raw_ops.random.stateless_uniform_int shape seed minval maxval
StatelessRandomGetKeyCounter raw_ops.random.key_counter seed -> key counter
StatelessRandomGetKeyCounterAlg raw_ops.random.key_counter_alg seed -> key counter alg
StatelessRandomGetAlg raw_ops.random.algorithm
StatelessRandomUniformV2 raw_ops.random.uniform_v2 shape key counter alg dtype=float32
StatelessRandomNormalV2 raw_ops.random.normal_v2 shape key counter alg dtype=float32
StatelessTruncatedNormalV2 raw_ops.random.truncated_normal_v2 shape key counter alg dtype=float32
StatelessRandomUniformIntV2 raw_ops.random.uniform_int_v2 shape key counter alg minval maxval
StatelessRandomUniformFullIntV2 raw_ops.random.full_int_v2 shape key counter alg dtype=uint64
StatelessRandomGammaV3 raw_ops.random.gamma_v3 shape key counter alg alpha
StatelessShuffle raw_ops.random.shuffle_v2 value key counter alg
StatefulStandardNormal raw_ops.random.stateful_normal resource shape dtype=float32 *algorithm=1
StatefulStandardNormalV2 raw_ops.random.stateful_normal resource algorithm shape dtype=float32
StatefulTruncatedNormal raw_ops.random.stateful_truncated_normal resource algorithm shape dtype=float32
StatefulUniform raw_ops.random.stateful_uniform resource algorithm shape dtype=float32
StatefulUniformFullInt raw_ops.random.stateful_full_int resource algorithm shape dtype=uint64
StatefulUniformInt raw_ops.random.stateful_uniform_int resource algorithm shape minval maxval
StatefulRandomBinomial raw_ops.random.stateful_binomial resource algorithm shape counts probs dtype=int64
RngReadAndSkip raw_ops.random.read_and_skip resource alg delta
RngSkip raw_ops.random.skip resource algorithm delta
UniformCandidateSampler random.uniform_candidate_sampler true_classes num_true num_sampled unique range_max seed=0
    ~seed2=0 -> sampled_candidates true_expected_count sampled_expected_count
LogUniformCandidateSampler random.log_uniform_candidate_sampler true_classes num_true num_sampled unique range_max
    seed=0 ~seed2=0 -> sampled_candidates true_expected_count sampled_expected_count
LearnedUnigramCandidateSampler random.learned_unigram_candidate_sampler true_classes num_true num_sampled unique
    range_max seed=0 ~seed2=0 -> sampled_candidates true_expected_count sampled_expected_count
FixedUnigramCandidateSampler random.fixed_unigram_candidate_sampler true_classes num_true num_sampled unique range_max
    vocab_file='' distortion=1 num_reserved_ids=0 num_shards=1 shard=0 unigrams=[] seed=0 ~seed2=0
    -> sampled_candidates true_expected_count sampled_expected_count
AllCandidateSampler random.all_candidate_sampler true_classes num_true num_sampled unique seed=0 ~seed2=0
    -> sampled_candidates true_expected_count sampled_expected_count
ComputeAccidentalHits nn.compute_accidental_hits true_classes sampled_candidates num_true seed=0 ~seed2=0
    -> indices ids weights

QuantizeAndDequantizeV3 raw_ops.numbers.quantize_and_dequantize input input_min input_max num_bits
    signed_input=True range_given=True narrow_range=False axis=-1
QuantizedConcat quantization.quantized_concat concat_dim values input_mins input_maxes -> output output_min output_max
NonMaxSuppression raw_ops.images.suppression boxes scores max_output_size iou_threshold=0.5
NonMaxSuppressionV2 raw_ops.images.suppression boxes scores max_output_size iou_threshold
NonMaxSuppressionV4 raw_ops.images.suppression_padded boxes scores max_output_size iou_threshold score_threshold
    pad_to_max_output_size=False -> selected_indices valid_outputs
NonMaxSuppressionV5 raw_ops.images.soft_suppression boxes scores max_output_size iou_threshold score_threshold
    soft_nms_sigma pad_to_max_output_size=False -> selected_indices selected_scores valid_outputs
NonMaxSuppressionWithOverlaps image.non_max_suppression_overlaps overlaps scores max_output_size overlap_threshold
    score_threshold
CombinedNonMaxSuppression image.combined_non_max_suppression boxes scores max_output_size_per_class max_total_size
    iou_threshold score_threshold pad_per_class=False clip_boxes=True
    -> nmsed_boxes nmsed_scores nmsed_classes valid_detections
StatelessSampleDistortedBoundingBox raw_ops.images.stateless_distorted_box image_size bounding_boxes
    min_object_covered seed aspect_ratio_range=[0.75,1.33] area_range=[0.05,1] max_attempts=100
    use_image_if_no_bounding_boxes=False -> begin size bboxes
SampleDistortedBoundingBoxV2 image.sample_distorted_bounding_box image_size bounding_boxes min_object_covered seed=0
    ~seed2=0 aspect_ratio_range=[0.75,1.33] area_range=[0.05,1] max_attempts=100 use_image_if_no_bounding_boxes=False
    -> begin size bboxes
SampleDistortedBoundingBox image.sample_distorted_bounding_box image_size bounding_boxes seed=0 ~seed2=0
    min_object_covered=0.1 aspect_ratio_range=[0.75,1.33] area_range=[0.05,1] max_attempts=100
    use_image_if_no_bounding_boxes=False -> begin size bboxes
ExtractVolumePatches array_ops.extract_volume_patches input ksizes strides padding
ExtractGlimpse raw_ops.images.glimpse input size offsets centered=True normalized=True !uniform_noise=True
    noise='uniform'
ExtractGlimpseV2 image.extract_glimpse input size offsets centered=True normalized=True !uniform_noise=True
    noise='uniform'
DrawBoundingBoxesV2 image.draw_bounding_boxes images boxes colors
DecodeJpeg image.decode_jpeg contents channels=0 ratio=1 fancy_upscaling=True try_recover_truncated=False
    acceptable_fraction=1 dct_method=''
DecodeAndCropJpeg image.decode_and_crop_jpeg contents crop_window channels=0 ratio=1 fancy_upscaling=True
    try_recover_truncated=False acceptable_fraction=1 dct_method=''
DecodeBmp image.decode_bmp contents channels=0
DecodeGif image.decode_gif contents
DecodeImage image.decode_image contents channels=0 dtype=uint8 expand_animations=True
EncodeJpeg image.encode_jpeg image format='' quality=95 progressive=False optimize_size=False chroma_downsampling=True
    density_unit='in' x_density=300 y_density=300 xmp_metadata=''
EncodeJpegVariableQuality raw_ops.images.encode_jpeg images quality
ExtractJpegShape image.extract_jpeg_shape contents output_type=int32
"""
