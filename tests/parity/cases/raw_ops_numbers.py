"""Cases of tf.raw_ops: linear algebra, gradients, random numbers, quantization and images."""

import pathlib
import runpy

PRELUDE = runpy.run_path(str(pathlib.Path(__file__).with_name("_raw_ops.py")))["PRELUDE"]

CASES = {
    "AddN_and_more": PRELUDE
    + """
[
    R.AddN(inputs=[f,f]),
    R.Eig(input=[[1.,2.],[0.,3.]],Tout=tf.complex64),
    R.SelfAdjointEigV2(input=[[2.,0.],[0.,3.]]),
    R.SelfAdjointEigV2(input=[[2.,0.],[0.,3.]],compute_v=False).e,
    R.CholeskyGrad(l=tf.linalg.cholesky(m),grad=m),
    R.MatrixSolveLs(matrix=mm,rhs=mm,l2_regularizer=tf.constant(.5,tf.float64)),
    R.MatrixSolveLs(matrix=m,rhs=m,l2_regularizer=tf.constant(0.,tf.float64),fast=False),
    R.MatrixLogarithm(input=tf.cast(m,tf.complex64)),
]""",
    "RFFT2D_and_more": PRELUDE
    + """
[
    R.RFFT2D(input=f,fft_length=[2,3]),
    R.IRFFT2D(input=z,fft_length=[2,4]),
    R.RFFT3D(input=t3,fft_length=[2,3,4]),
    R.IRFFT3D(input=tf.cast(t3,tf.complex64),fft_length=[2,3,4]),
    R.RFFT(input=v,fft_length=[4]),
    R.RFFT(input=tf.cast(v,tf.float64),fft_length=[4],Tcomplex=tf.complex128),
    R.IRFFT(input=tf.cast(v,tf.complex128),fft_length=[4],Treal=tf.float64),
    R.ComplexAbs(x=tf.cast(v,tf.complex128),Tout=tf.float64),
]""",
    "Complex_and_more": PRELUDE
    + """
[
    R.Complex(real=tf.constant([1.],tf.float64),imag=tf.constant([1.],tf.float64),Tout=tf.complex128),
    R.Real(input=tf.cast(v,tf.complex128),Tout=tf.float64),
    R.MatrixDiagPartV3(input=m,k=[-1,1],padding_value=0.),
    R.MatrixDiagPartV3(input=m,k=1,padding_value=0.,align='LEFT_RIGHT'),
    R.MatrixSetDiagV3(input=m,diagonal=[1.,2.,3.],k=0),
    R.MatrixSetDiagV2(input=m,diagonal=[1.,2.,3.],k=0),
    R.MatrixDiagV2(diagonal=[1.,2.],k=1,num_rows=-1,num_cols=-1,padding_value=9.),
    R.TridiagonalMatMul(superdiag=[[1.,2.,0.]],maindiag=[[1.,1.,1.]],subdiag=[[0.,3.,4.]],rhs=m),
]""",
    "TridiagonalSolve_and_more": PRELUDE
    + """
[
    R.TridiagonalSolve(diagonals=[[1.,2.,0.],[4.,5.,6.],[0.,3.,4.]],rhs=m),
    R.BandedTriangularSolve(matrix=[[1.,2.,3.],[4.,5.,6.]],rhs=m),
    R.MaxPoolV2(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.MaxPoolWithArgmax(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.MaxPoolWithArgmax(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='SAME',Targmax=tf.int32,include_batch_in_index=True),
    R.MaxPoolGrad(orig_input=t4,orig_output=R.MaxPool(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),grad=tf.ones([1,2,2,3]),ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.MaxPoolGradV2(orig_input=t4,orig_output=R.MaxPool(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),grad=tf.ones([1,2,2,3]),ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.MaxPoolGradGrad(orig_input=t4,orig_output=R.MaxPool(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),grad=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
]""",
    "MaxPoolGradGradV2_and_more": PRELUDE
    + """
[
    R.MaxPoolGradGradV2(orig_input=t4,orig_output=R.MaxPool(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),grad=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.MaxPoolGradWithArgmax(input=t4,grad=tf.ones([1,2,2,3]),argmax=R.MaxPoolWithArgmax(input=t4,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID').argmax,ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.AvgPoolGrad(orig_input_shape=[1,4,4,3],grad=tf.ones([1,2,2,3]),ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.AvgPool3DGrad(orig_input_shape=[1,4,4,4,2],grad=tf.ones([1,2,2,2,2]),ksize=[1,2,2,2,1],strides=[1,2,2,2,1],padding='VALID'),
    R.MaxPool3DGrad(orig_input=t5,orig_output=R.MaxPool3D(input=t5,ksize=[1,2,2,2,1],strides=[1,2,2,2,1],padding='VALID'),grad=tf.ones([1,2,2,2,2]),ksize=[1,2,2,2,1],strides=[1,2,2,2,1],padding='VALID'),
    R.MaxPool3DGradGrad(orig_input=t5,orig_output=R.MaxPool3D(input=t5,ksize=[1,2,2,2,1],strides=[1,2,2,2,1],padding='VALID'),grad=t5,ksize=[1,2,2,2,1],strides=[1,2,2,2,1],padding='VALID'),
    R.LeakyReluGrad(gradients=f,features=f-1),
    R.LeakyReluGrad(gradients=f,features=f-1,alpha=.5),
]""",
    "SeluGrad_and_more": PRELUDE
    + """
[
    R.SeluGrad(gradients=f,outputs=f),
    R.EluGrad(gradients=f,outputs=f),
    R.SoftsignGrad(gradients=f,features=f),
    R.SoftplusGrad(gradients=f,features=f),
    R.Relu6Grad(gradients=f,features=f*3),
    R.LRN(input=t4),
    R.LRNGrad(input_grads=t4,input_image=t4,output_image=R.LRN(input=t4)),
    R.LRNGrad(input_grads=t4,input_image=t4,output_image=R.LRN(input=t4,depth_radius=1,bias=2.,alpha=.5,beta=.75),depth_radius=1,bias=2.,alpha=.5,beta=.75),
]""",
    "NonMaxSuppression_and_more": PRELUDE
    + """
[
    R.NonMaxSuppression(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=3),
    R.NonMaxSuppressionV2(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=3,iou_threshold=.5),
    R.NonMaxSuppressionV3(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=3,iou_threshold=.5,score_threshold=.75),
    R.NonMaxSuppressionV4(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=3,iou_threshold=.5,score_threshold=0.,pad_to_max_output_size=True),
    R.NonMaxSuppressionV4(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=3,iou_threshold=.5,score_threshold=0.),
    R.NonMaxSuppressionV5(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=3,iou_threshold=.5,score_threshold=0.,soft_nms_sigma=.5),
    R.NonMaxSuppressionV5(boxes=[[0.,0.,1.,1.],[0.,0.,.9,1.],[2.,2.,3.,3.]],scores=[.9,.8,.7],max_output_size=5,iou_threshold=.5,score_threshold=0.,soft_nms_sigma=0.,pad_to_max_output_size=True),
    R.NonMaxSuppressionWithOverlaps(overlaps=[[1.,.9],[.9,1.]],scores=[.3,.4],max_output_size=2,overlap_threshold=.5,score_threshold=0.),
]""",
    "CombinedNonMaxSuppression_and_more": PRELUDE
    + """
[
    R.CombinedNonMaxSuppression(boxes=[[[[0.,0.,1.,1.]],[[0.,0.,.9,1.]]]],scores=[[[.9],[.8]]],max_output_size_per_class=2,max_total_size=2,iou_threshold=.5,score_threshold=.1),
    R.StatelessRandomGetKeyCounter(seed=[1,2]),
    R.StatelessRandomGetKeyCounterAlg(seed=[1,2]),
    R.StatelessRandomGetAlg(),
    R.StatelessRandomUniformV2(shape=[2],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1),
    R.StatelessRandomUniformV2(shape=[2],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=3,dtype=tf.float64),
    R.StatelessRandomNormalV2(shape=[2,2],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1),
    R.StatelessTruncatedNormalV2(shape=[3],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1),
]""",
    "StatelessRandomUniformIntV2_and_more": PRELUDE
    + """
[
    R.StatelessRandomUniformIntV2(shape=[3],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1,minval=0,maxval=100),
    R.StatelessRandomUniformFullIntV2(shape=[3],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1),
    R.StatelessRandomUniformFullInt(shape=[3],seed=[1,2]),
    R.StatelessRandomUniformFullInt(shape=[3],seed=[1,2],dtype=tf.int32),
    R.StatelessRandomUniformInt(shape=[3],seed=[1,2],minval=0,maxval=10),
    R.StatelessRandomUniform(shape=[3],seed=[1,2]),
    R.StatelessRandomNormal(shape=[3],seed=[1,2],dtype=tf.float64),
    R.StatelessTruncatedNormal(shape=[3],seed=[1,2]),
]""",
    "StatelessMultinomial_and_more": PRELUDE
    + """
[
    R.StatelessMultinomial(logits=f,num_samples=3,seed=[1,2]),
    R.StatelessRandomBinomial(shape=[3],seed=[1,2],counts=10.,probs=.5),
    R.StatelessRandomBinomial(shape=[3],seed=[1,2],counts=10.,probs=.5,dtype=tf.int32),
    R.StatelessRandomPoisson(shape=[3],seed=[1,2],lam=5.,dtype=tf.int32),
    R.StatelessRandomGammaV2(shape=[3],seed=[1,2],alpha=5.),
    R.StatelessRandomGammaV3(shape=[3],key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1,alpha=5.),
    R.StatelessShuffle(value=vi,key=tf.constant([5],tf.uint64),counter=tf.constant([1,2],tf.uint64),alg=1),
    R.StatelessParameterizedTruncatedNormal(shape=[3],seed=[1,2],means=0.,stddevs=1.,minvals=-1.,maxvals=1.).shape,
]""",
    "StatelessSampleDistortedBoundingBox_and_more": PRELUDE
    + """
[
    R.StatelessSampleDistortedBoundingBox(image_size=[20,20,3],bounding_boxes=[[[0.,0.,1.,1.]]],min_object_covered=.1,seed=[1,2]),
    R.RandomIndexShuffle(index=tf.range(5),seed=[1,2,3],max_index=4),
    R.RandomUniform(shape=[3],dtype=tf.float32,seed=1,seed2=2),
    R.RandomUniform(shape=[3],dtype=tf.float32,seed=0,seed2=2),
    R.RandomUniform(shape=[3],dtype=tf.float32,seed=3),
    R.RandomStandardNormal(shape=[3],dtype=tf.float32,seed=1,seed2=2),
    R.TruncatedNormal(shape=[3],dtype=tf.float32,seed=1,seed2=2),
    R.RandomUniformInt(shape=[3],minval=0,maxval=100,seed=1,seed2=2),
]""",
    "RandomShuffle_and_more": PRELUDE
    + """
[
    R.RandomShuffle(value=vi,seed=1,seed2=2),
    R.RandomGamma(shape=[3],alpha=5.,seed=1,seed2=2),
    R.RandomPoissonV2(shape=[3],rate=5.,seed=1,seed2=2),
    R.RandomPoissonV2(shape=[3],rate=5.,seed=1,seed2=2,dtype=tf.int32),
    R.Multinomial(logits=f,num_samples=3,seed=1,seed2=2),
    R.ParameterizedTruncatedNormal(shape=[3],means=0.,stdevs=1.,minvals=-1.,maxvals=1.,seed=1,seed2=2).shape,
    R.NonDeterministicInts(shape=[2]).dtype,
    R.RandomUniform(shape=[2],dtype=tf.float32).shape,
]""",
    "UniformCandidateSampler_and_more": PRELUDE
    + """
[
    R.UniformCandidateSampler(true_classes=tf.constant([[1],[2]],tf.int64),num_true=1,num_sampled=4,unique=False,range_max=10,seed=1,seed2=2).sampled_expected_count.shape,
    R.AllCandidateSampler(true_classes=tf.constant([[1],[2]],tf.int64),num_true=1,num_sampled=4,unique=True),
    R.ComputeAccidentalHits(true_classes=tf.constant([[1],[2]],tf.int64),sampled_candidates=tf.constant([2,1],tf.int64),num_true=1),
    R.SobolSample(dim=2,num_results=3,skip=1),
    R.StatefulUniform(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=1,shape=[2]),
    R.StatefulStandardNormalV2(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=1,shape=[2]),
    R.StatefulTruncatedNormal(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=1,shape=[2]),
    R.StatefulUniformFullInt(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=1,shape=[2]),
]""",
    "StatefulUniformInt_and_more": PRELUDE
    + """
[
    R.StatefulUniformInt(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=1,shape=[2],minval=0,maxval=9),
    R.StatefulRandomBinomial(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=1,shape=[2],counts=10.,probs=.5),
    R.RngReadAndSkip(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,alg=1,delta=tf.constant(10,tf.uint64)),
    R.RngSkip(resource=tf.Variable([1,2,3],dtype=tf.int64).handle,algorithm=tf.constant(1,tf.int64),delta=tf.constant(10,tf.int64)),
    R.SparseMatMul(a=f,b=m,b_is_sparse=True),
    R.SparseSegmentSumGrad(grad=f,indices=[0,1],segment_ids=[0,1],output_dim0=3),
    R.SparseSegmentMeanGrad(grad=f,indices=[0,1],segment_ids=[0,0],output_dim0=3),
    R.SparseSegmentSqrtNGrad(grad=f,indices=[0,1],segment_ids=[0,0],output_dim0=3),
]""",
    "TopKV2_and_more": PRELUDE
    + """
[
    R.TopKV2(input=f,k=2),
    R.TopKV2(input=f,k=2,index_type=tf.int64),
    R.ApproxTopK(input=f,k=2),
    R.InTopK(predictions=f,targets=[0,1],k=2),
    R.CTCLoss(inputs=tf.reshape(tf.range(24.)/10,[4,2,3]),labels_indices=tf.constant([[0,0],[1,0]],tf.int64),labels_values=[0,1],sequence_length=[4,4]),
    R.CTCGreedyDecoder(inputs=tf.reshape(tf.sin(tf.range(24.)),[4,2,3]),sequence_length=[4,4]),
    R.CTCGreedyDecoder(inputs=tf.reshape(tf.sin(tf.range(24.)),[4,2,3]),sequence_length=[4,4],merge_repeated=True,blank_index=0),
    R.CTCBeamSearchDecoder(inputs=tf.reshape(tf.sin(tf.range(24.)),[4,2,3]),sequence_length=[4,4],beam_width=5,top_paths=2,merge_repeated=False),
]""",
    "FusedBatchNormGradV3_and_more": PRELUDE
    + """
[
    R.FusedBatchNormGradV3(y_backprop=t4,x=t4,scale=[1.,2.,3.],reserve_space_1=tf.reduce_mean(t4,[0,1,2]),reserve_space_2=tf.math.reduce_variance(t4,[0,1,2]),reserve_space_3=[]),
    R.FusedBatchNormGradV3(y_backprop=t4,x=t4,scale=[1.,2.,3.],reserve_space_1=tf.reduce_mean(t4,[0,1,2])+1,reserve_space_2=tf.math.reduce_variance(t4,[0,1,2])+1,reserve_space_3=[],is_training=False),
    R.FusedBatchNormGradV2(y_backprop=t4,x=t4,scale=[1.,2.,3.],reserve_space_1=tf.reduce_mean(t4,[0,1,2]),reserve_space_2=tf.math.reduce_variance(t4,[0,1,2])),
    R.FusedBatchNormGrad(y_backprop=t4,x=t4,scale=[1.,2.,3.],reserve_space_1=tf.reduce_mean(t4,[0,1,2]),reserve_space_2=tf.math.reduce_variance(t4,[0,1,2])),
    R.Conv2DBackpropInput(input_sizes=[1,4,4,3],filter=k4[:,:,:,:1],out_backprop=tf.ones([1,3,3,1]),strides=[1,1,1,1],padding='VALID') if k4.shape[2]==3 else 0,
    R.Conv2DBackpropFilter(input=t4,filter_sizes=[2,2,3,2],out_backprop=tf.ones([1,3,3,2]),strides=[1,1,1,1],padding='VALID'),
    R.Conv2DBackpropInput(input_sizes=[1,4,4,3],filter=k4,out_backprop=tf.ones([1,5,5,2]),strides=[1,1,1,1],padding='EXPLICIT',explicit_paddings=[0,0,1,1,1,1,0,0]),
    R.Conv2DBackpropFilter(input=t4,filter_sizes=[2,2,3,2],out_backprop=tf.ones([1,5,5,2]),strides=[1,1,1,1],padding='EXPLICIT',explicit_paddings=[0,0,1,1,1,1,0,0]),
]""",
    "Conv3DBackpropInputV2_and_more": PRELUDE
    + """
[
    R.Conv3DBackpropInputV2(input_sizes=[1,4,4,4,2],filter=tf.ones([2,2,2,2,1]),out_backprop=tf.ones([1,3,3,3,1]),strides=[1,1,1,1,1],padding='VALID'),
    R.Conv3DBackpropFilterV2(input=t5,filter_sizes=[2,2,2,2,1],out_backprop=tf.ones([1,3,3,3,1]),strides=[1,1,1,1,1],padding='VALID'),
    R.DepthwiseConv2dNativeBackpropInput(input_sizes=[1,4,4,3],filter=k4,out_backprop=tf.ones([1,3,3,6]),strides=[1,1,1,1],padding='VALID'),
    R.DepthwiseConv2dNativeBackpropFilter(input=t4,filter_sizes=[2,2,3,2],out_backprop=tf.ones([1,3,3,6]),strides=[1,1,1,1],padding='VALID'),
    R.DepthwiseConv2dNative(input=t4,filter=k4,strides=[1,1,1,1],padding='SAME'),
    R.Dilation2DBackpropInput(input=t4,filter=tf.ones([2,2,3]),out_backprop=tf.ones([1,3,3,3]),strides=[1,1,1,1],rates=[1,1,1,1],padding='VALID'),
    R.Dilation2DBackpropFilter(input=t4,filter=tf.ones([2,2,3]),out_backprop=tf.ones([1,3,3,3]),strides=[1,1,1,1],rates=[1,1,1,1],padding='VALID'),
    R.BiasAddV1(value=f,bias=[1.,2.,3.]),
]""",
    "ResizeBilinearGrad_and_more": PRELUDE
    + """
[
    R.ResizeBilinearGrad(grads=tf.ones([1,3,3,3]),original_image=t4),
    R.ResizeBilinearGrad(grads=tf.ones([1,3,3,3]),original_image=t4,half_pixel_centers=True),
    R.ResizeBicubicGrad(grads=tf.ones([1,3,3,3]),original_image=t4,half_pixel_centers=True),
    R.ResizeNearestNeighborGrad(grads=tf.ones([1,3,3,3]),size=[4,4]),
    R.ExtractImagePatches(images=t4,ksizes=[1,2,2,1],strides=[1,1,1,1],rates=[1,1,1,1],padding='VALID'),
    R.ExtractVolumePatches(input=t5,ksizes=[1,2,2,2,1],strides=[1,2,2,2,1],padding='VALID'),
    R.CropAndResize(image=t4,boxes=[[0.,0.,.5,.5]],box_ind=[0],crop_size=[2,2]),
    R.CropAndResizeGradImage(grads=tf.ones([1,2,2,3]),boxes=[[0.,0.,.5,.6]],box_ind=[0],image_size=[1,4,4,3],T=tf.float32),
]""",
    "CropAndResizeGradBoxes_and_more": PRELUDE
    + """
[
    R.CropAndResizeGradBoxes(grads=tf.ones([1,2,2,3]),image=t4,boxes=[[.1,0.,.5,.6]],box_ind=[0]),
    R.ExtractGlimpse(input=t4,size=[2,2],offsets=[[0.,0.]]),
    R.ExtractGlimpseV2(input=t4,size=[2,2],offsets=[[0.,0.]]),
    R.DrawBoundingBoxesV2(images=t4,boxes=[[[0.,0.,.5,.5]]],colors=[[1.,0.,0.]]),
    R.AdjustContrastv2(images=t4,contrast_factor=2.),
    R.EncodeJpeg(image=imi[0]).dtype,
    R.DecodeJpeg(contents=R.EncodeJpeg(image=imi[0]),channels=3).shape,
    R.DecodeAndCropJpeg(contents=R.EncodeJpeg(image=imi[0]),crop_window=[1,1,2,3]).shape,
]""",
    "ExtractJpegShape_and_more": PRELUDE
    + """
[
    R.ExtractJpegShape(contents=R.EncodeJpeg(image=imi[0])),
    R.EncodeJpegVariableQuality(images=imi[0],quality=50).dtype,
    R.EncodePng(image=imi[0]).shape,
    R.DecodeImage(contents=R.EncodePng(image=imi[0])),
    R.HistogramFixedWidth(values=v,value_range=[0.,5.],nbins=3),
    R.QuantizeAndDequantizeV2(input=f,input_min=-3.,input_max=3.),
    R.QuantizeAndDequantizeV3(input=f,input_min=-3.,input_max=3.,num_bits=8),
    R.QuantizeAndDequantizeV4(input=f,input_min=-3.,input_max=3.,range_given=True),
]""",
    "QuantizeAndDequantizeV4Grad_and_more": PRELUDE
    + """
[
    R.QuantizeAndDequantizeV4Grad(gradients=f,input=f,input_min=-1.,input_max=1.),
    R.FakeQuantWithMinMaxArgsGradient(gradients=f,inputs=f*3),
    R.FakeQuantWithMinMaxVarsGradient(gradients=f,inputs=f,min=-1.,max=1.),
    R.FakeQuantWithMinMaxVarsPerChannelGradient(gradients=f,inputs=f,min=[-1.,-1.,-1.],max=[1.,1.,1.]),
    R.MirrorPadGrad(input=t4[0,:,:,0],paddings=[[1,1],[1,1]],mode='REFLECT'),
    R.StridedSliceGrad(shape=[4],begin=[1],end=[3],strides=[1],dy=[1.,2.]),
    R.StridedSliceGrad(shape=[2,3],begin=[0,1],end=[1,3],strides=[1,1],dy=[1.,2.],shrink_axis_mask=1),
    R.CheckNumericsV2(tensor=v,message="m"),
]""",
    "FractionalMaxPoolGrad_and_more": PRELUDE
    + """
[
    R.FractionalMaxPoolGrad(orig_input=t4,orig_output=tf.nn.max_pool2d(t4,2,2,'VALID'),out_backprop=tf.ones([1,2,2,3]),row_pooling_sequence=tf.constant([0,2,4],tf.int64),col_pooling_sequence=tf.constant([0,2,4],tf.int64)),
    R.FractionalAvgPoolGrad(orig_input_tensor_shape=tf.constant([1,4,4,3],tf.int64),out_backprop=tf.ones([1,2,2,3]),row_pooling_sequence=tf.constant([0,2,4],tf.int64),col_pooling_sequence=tf.constant([0,2,4],tf.int64)),
    R.FusedPadConv2D(input=t4,paddings=[[0,0],[1,1],[1,1],[0,0]],filter=k4,mode='REFLECT',strides=[1,1,1,1],padding='VALID'),
    R.FusedResizeAndPadConv2D(input=t4,size=[5,5],paddings=[[0,0],[1,1],[1,1],[0,0]],filter=k4,mode='REFLECT',strides=[1,1,1,1],padding='VALID'),
]""",
}
