"""Cases of tf.raw_ops."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
R = tf.raw_ops
"""

CASES = {
    "Sum": PRELUDE
    + """
[
    R.Sum(input=[[1,2],[3,4]],axis=1),
    R.Sum(input=[[1,2],[3,4]],axis=[0,1],keep_dims=True),
    err(lambda: R.Sum(input=[1],axis=0,foo=1)),
    err(lambda: R.Sum(input=[1])),
]""",
    "Add_and_more": PRELUDE
    + """
[
    R.Add(x=1,y=2),
    err(lambda: R.Add(1,2)),
    R.AddV2(x=[1.,2.],y=3.),
    R.Mean(input=[[1.,2.]],axis=0),
    R.All(input=[[True,False]],axis=1),
    R.ArgMax(input=[[1,3,2]],dimension=1),
    R.ArgMin(input=[[1,3,2]],dimension=1,output_type=tf.int32),
    R.AsString(input=[1.5],precision=1),
]""",
    "Atan2_and_more": PRELUDE
    + """
[
    R.Atan2(y=1.,x=2.),
    R.AvgPool(value=tf.ones([1,4,4,1]),ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.MaxPool(input=tf.reshape(tf.range(16.),[1,4,4,1]),ksize=[1,2,2,1],strides=[1,2,2,1],padding='VALID'),
    R.BatchMatMulV2(x=[[[1.,2.]]],y=[[[3.],[4.]]]),
    R.MatMul(a=[[1.,2.]],b=[[3.,4.]],transpose_b=True),
    R.BiasAdd(value=[[1.,2.]],bias=[1.,1.]),
    R.Bitcast(input=tf.constant(1.),type=tf.int32),
    R.BroadcastTo(input=[1,2],shape=[2,2]),
]""",
    "BroadcastArgs_and_more": PRELUDE
    + """
[
    R.BroadcastArgs(s0=[2,1],s1=[3]),
    R.Bucketize(input=[-1.,0.,5.,15.],boundaries=[0.,10.]),
    R.Cast(x=[1.7],DstT=tf.int32),
    R.ClipByValue(t=[1.,5.],clip_value_min=2.,clip_value_max=3.),
    R.ConcatV2(values=[[1],[2]],axis=0),
    R.Concat(concat_dim=0,values=[[1],[2]]),
    R.Conv2D(input=tf.ones([1,3,3,1]),filter=tf.ones([2,2,1,1]),strides=[1,1,1,1],padding='VALID'),
    R.Conv2D(input=tf.ones([1,3,3,1]),filter=tf.ones([2,2,1,1]),strides=[1,1,1,1],padding='EXPLICIT',explicit_paddings=[0,0,1,0,0,1,0,0]),
]""",
    "Cumsum_and_more": PRELUDE
    + """
[
    R.Cumsum(x=[1,2,3],axis=0,exclusive=True),
    R.CumulativeLogsumexp(x=[1.,2.],axis=0),
    R.DepthToSpace(input=tf.reshape(tf.range(4.),[1,1,1,4]),block_size=2),
    R.Div(x=7,y=-2),
    R.Div(x=7.,y=2.),
    R.TruncateDiv(x=-7,y=2),
    R.FloorDiv(x=-7,y=2),
    R.FloorMod(x=-7,y=2),
]""",
    "Mod_and_more": PRELUDE
    + """
[
    R.Mod(x=-7,y=2),
    R.DynamicPartition(data=[1,2,3],partitions=[0,1,0],num_partitions=2),
    R.DynamicStitch(indices=[[0,2],[1]],data=[[1,3],[2]]),
    R.Einsum(inputs=[[[1.,2.]],[[3.],[4.]]],equation='ij,jk->ik'),
    R.Elu(features=[-1.,1.]),
    R.Selu(features=[-1.,1.]),
    R.LeakyRelu(features=[-1.,1.],alpha=0.1),
    R.Softmax(logits=[[1.,2.]]),
]""",
    "LogSoftmax_and_more": PRELUDE
    + """
[
    R.LogSoftmax(logits=[[1.,2.]]),
    R.ExpandDims(input=[1],axis=0),
    R.Fill(dims=[2],value=3),
    R.Gather(params=[1,2,3],indices=[2,0]),
    R.GatherV2(params=[[1,2],[3,4]],indices=[1],axis=1),
    R.GatherNd(params=[[1,2],[3,4]],indices=[[1,1]]),
    R.HistogramFixedWidth(values=[1.,5.],value_range=[0.,10.],nbins=2),
    R.Identity(input=3),
]""",
    "IdentityN_and_more": PRELUDE
    + """
[
    R.IdentityN(input=[1,2.]),
    R.Inv(x=2.),
    R.InvertPermutation(x=[1,0]),
    R.L2Loss(t=[1.,2.]),
    R.LinSpace(start=0.,stop=1.,num=3),
    R.ListDiff(x=[1,2,3],y=[2]),
    R.LogMatrixDeterminant(input=[[2.,0.],[0.,3.]]),
    R.LowerBound(sorted_inputs=[[1,2,3]],values=[[2]]),
]""",
    "UpperBound_and_more": PRELUDE
    + """
[
    R.UpperBound(sorted_inputs=[[1,2,3]],values=[[2]]),
    R.MatrixBandPart(input=[[1,2],[3,4]],num_lower=0,num_upper=-1),
    R.MatrixDiag(diagonal=[1,2]),
    R.MatrixInverse(input=[[2.,0.],[0.,4.]]),
    R.MatrixSolve(matrix=[[2.,0.],[0.,4.]],rhs=[[2.],[4.]]),
    R.MatrixTriangularSolve(matrix=[[2.,0.],[1.,4.]],rhs=[[2.],[5.]]),
    R.MirrorPad(input=[1,2,3],paddings=[[1,1]],mode='REFLECT'),
    R.Pad(input=[1],paddings=[[1,1]]),
]""",
    "PadV2_and_more": PRELUDE
    + """
[
    R.PadV2(input=[1],paddings=[[1,1]],constant_values=9),
    R.NthElement(input=[3.,1.,2.],n=1),
    R.NthElement(input=[3.,1.,2.],n=0,reverse=True),
    R.NonMaxSuppressionV3(boxes=[[0.,0.,1.,1.],[0.,0.,1.,0.9]],scores=[0.9,0.8],max_output_size=2,iou_threshold=0.5,score_threshold=0.),
    R.OneHot(indices=[0,2],depth=3,on_value=1.,off_value=0.),
    R.OnesLike(x=[1.,2.]),
    R.ZerosLike(x=[1,2]),
    R.Pack(values=[1,2],axis=0),
]""",
    "Unpack_and_more": PRELUDE
    + """
[
    R.Unpack(value=[[1,2],[3,4]],num=2,axis=1),
    R.PopulationCount(x=[7,8]),
    R.Qr(input=[[2.,0.],[0.,3.]])[1].shape,
    R.Range(start=0,limit=5,delta=2),
    R.Rank(input=[[1]]),
    R.ReduceJoin(inputs=[['a','b']],reduction_indices=1,separator='-'),
    R.RegexReplace(input='aXb',pattern='X',rewrite='-'),
    R.StaticRegexFullMatch(input='ab',pattern='a.'),
]""",
    "Relu_and_more": PRELUDE
    + """
[
    R.Relu(features=[-1.,2.]),
    R.Reshape(tensor=[1,2],shape=[2,1]),
    R.ResizeBilinear(images=tf.reshape(tf.range(4.),[1,2,2,1]),size=[3,3]),
    R.ResizeBilinear(images=tf.reshape(tf.range(4.),[1,2,2,1]),size=[3,3],align_corners=True),
    R.ResizeBilinear(images=tf.reshape(tf.range(4.),[1,2,2,1]),size=[3,3],half_pixel_centers=True),
    R.ResizeNearestNeighbor(images=tf.reshape(tf.range(4.),[1,2,2,1]),size=[3,3]),
    R.ResizeNearestNeighbor(images=tf.reshape(tf.range(4.),[1,2,2,1]),size=[3,4],align_corners=True),
    R.Reverse(tensor=[[1,2],[3,4]],dims=[True,False]),
]""",
    "ReverseV2_and_more": PRELUDE
    + """
[
    R.ReverseV2(tensor=[[1,2],[3,4]],axis=[1]),
    R.ReverseSequence(input=[[1,2,3]],seq_lengths=[2],seq_dim=1),
    R.Roll(input=[1,2,3],shift=1,axis=0),
    R.ScatterNd(indices=[[1]],updates=[5],shape=[3]),
    R.SegmentSum(data=[1,2,3],segment_ids=[0,0,1]),
    R.UnsortedSegmentSum(data=[1,2,3],segment_ids=[0,2,0],num_segments=3),
    R.Select(condition=[True,False],x=[[1,2],[3,4]],y=[[5,6],[7,8]]),
    R.SelectV2(condition=[True,False],t=[1,2],e=[3,4]),
]""",
    "SelfAdjointEigV2_and_more": PRELUDE
    + """
[
    R.SelfAdjointEigV2(input=[[2.,0.],[0.,3.]])[0],
    R.Shape(input=[[1,2]]),
    R.ShapeN(input=[[1],[1,2]]),
    R.Size(input=[[1,2]],out_type=tf.int64),
    R.Slice(input=[1,2,3],begin=[1],size=[2]),
    R.SoftmaxCrossEntropyWithLogits(features=[[1.,2.]],labels=[[0.,1.]]),
    R.SparseSoftmaxCrossEntropyWithLogits(features=[[1.,2.]],labels=[1]),
    R.SpaceToDepth(input=tf.reshape(tf.range(4.),[1,2,2,1]),block_size=2),
]""",
    "Split_and_more": PRELUDE
    + """
[
    R.Split(axis=0,value=[1,2],num_split=2),
    R.SplitV(value=[1,2,3],size_splits=[1,2],axis=0,num_split=2),
    R.Squeeze(input=[[1]]),
    R.Squeeze(input=[[1]],axis=[0]),
    R.StopGradient(input=1.),
    R.StridedSlice(input=[1,2,3,4],begin=[0],end=[4],strides=[2]),
    R.StringJoin(inputs=['a','b'],separator='-'),
    R.StringLength(input='abc'),
]""",
    "StringLower_and_more": PRELUDE
    + """
[
    R.StringLower(input='AB'),
    R.StringToHashBucketFast(input='a',num_buckets=10),
    R.StringToNumber(string_tensor='1.5'),
    R.Substr(input='hello',pos=1,len=2),
    R.Svd(input=[[2.,0.],[0.,3.]])[0],
    R.TensorScatterAdd(tensor=[1,2,3],indices=[[1]],updates=[5]),
    R.TensorScatterUpdate(tensor=[1,2,3],indices=[[1]],updates=[5]),
    R.Tile(input=[1,2],multiples=[2]),
]""",
    "TopKV2_and_more": PRELUDE
    + """
[
    R.TopKV2(input=[1,3,2],k=2),
    R.Transpose(x=[[1,2]],perm=[1,0]),
    R.Unique(x=[1,1,2]),
    R.UniqueWithCounts(x=[1,1,2]),
    R.UnravelIndex(indices=[3],dims=[2,2]),
    R.Where(condition=[True,False,True]),
    R.SigmoidGrad(y=0.5,dy=1.),
    R.TanhGrad(y=0.5,dy=1.),
]""",
    "ReluGrad_and_more": PRELUDE
    + """
[
    R.ReluGrad(gradients=[1.,1.],features=[-1.,1.]),
    R.Relu6Grad(gradients=[1.,1.,1.],features=[-1.,1.,7.]),
    R.EluGrad(gradients=[1.,1.],outputs=[-0.5,1.]),
    R.SoftplusGrad(gradients=[1.],features=[0.]),
    R.ReciprocalGrad(y=2.,dy=1.),
    R.RsqrtGrad(y=2.,dy=1.),
    R.SqrtGrad(y=2.,dy=1.),
    R.InplaceAdd(x=[1,2],i=[0],v=[5]),
]""",
    "InplaceUpdate_and_more": PRELUDE
    + """
[
    R.InplaceUpdate(x=[1,2],i=[1],v=[5]),
    R.ConjugateTranspose(x=[[1+1j]],perm=[1,0]),
    R.Equal(x=[1,2],y=[1,3]),
    R.ApproximateEqual(x=1.,y=1.000001),
    R.NoOp(),
    R.Empty(shape=[2],dtype=tf.int32).shape,
    R.FFT(input=tf.constant([1+0j,2],tf.complex64)),
    R.RFFT(input=[1.,2.,3.,4.],fft_length=[4]),
]""",
    "Igamma_and_more": PRELUDE
    + """
[
    R.Igamma(a=1.,x=2.),
    R.BesselI0e(x=1.),
    R.InTopKV2(predictions=[[1.,2.]],targets=[1],k=1),
    R.Fingerprint(data=['a'],method='farmhash64'),
]""",
}
CASES["backprop"] = (
    PRELUDE
    + """
S = tf.sin
im = S(tf.reshape(tf.range(60.), [1, 5, 4, 3]))
norm = dict(x=im, scale=[1., 2., 3.], offset=[0., 1., 0.], mean=[0., 1., 2.], variance=[1., 1., 2.])
win = dict(ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID")
[
    R.BiasAddGrad(out_backprop=im), R.Conv2DBackpropFilter(input=im, filter_sizes=[2, 2, 3, 1], out_backprop=im[..., :1], strides=[1, 1, 1, 1], padding="SAME"),
    R.Conv2DBackpropInput(input_sizes=[1, 5, 4, 3], filter=tf.reshape(im[:, :1], [2, 2, 3, 1]), out_backprop=im[..., :1], strides=[1, 1, 1, 1], padding="SAME"),
    R.MaxPoolGrad(orig_input=im, orig_output=R.MaxPool(input=im, **win), grad=tf.ones([1, 2, 2, 3]), **win), R.AvgPoolGrad(orig_input_shape=[1, 5, 4, 3], grad=tf.ones([1, 2, 2, 3]), **win),
    R.FusedBatchNormV3(**norm)[:5], R.FusedBatchNormV3(exponential_avg_factor=.3, **norm)[:5], R.FusedBatchNormV3(is_training=False, **norm)[0],
    R.Bincount(arr=[1, 2, 1], size=2, weights=[1., 2., 3.]), R.DenseBincount(input=[[1, 2, 1], [0, 0, 5]], size=3, weights=tf.constant([]), binary_output=True),
    R.SparseToDense(sparse_indices=[1, 2], output_shape=[4], sparse_values=[5, 6], default_value=-1), R.SparseToDense(sparse_indices=[[1]], output_shape=[3], sparse_values=5, default_value=0),
    R.SparseTensorDenseMatMul(a_indices=tf.constant([[0, 1]], tf.int64), a_values=[2.], a_shape=tf.constant([2, 3], tf.int64), b=tf.ones([3, 2])),
    R.ResizeArea(images=im, size=[2, 3]), R.DecodeCSV(records="1,2", record_defaults=[[0], [0]]), R.QuantizeAndDequantizeV2(input=[-3., 1., 8.], input_min=0., input_max=0., signed_input=False, num_bits=4),
]"""
)
CASES["projective_transforms_and_gradients_of_special_functions"] = (
    PRELUDE
    + """
x = tf.reshape(tf.range(24.0), (1, 4, 3, 2))
move = [[1.0, 0.5, 0.5, 0.0, 1.0, -0.5, 0.01, 0.0]]
[
    [R.ImageProjectiveTransformV3(images=x, transforms=move, output_shape=[3, 5], fill_value=7.0, interpolation=i, fill_mode=m)
     for m in ("CONSTANT", "REFLECT", "WRAP", "NEAREST") for i in ("NEAREST", "BILINEAR")],
    R.ImageProjectiveTransformV2(images=tf.cast(x, tf.uint8), transforms=[[1.0, 0, 1, 0, 1, 0, 0, 0]], output_shape=[2, 2],
                                 interpolation="NEAREST"),
    R.IgammaGradA(a=2.0, x=1.0), R.RandomGammaGrad(alpha=2.0, sample=1.0),
    R.MatrixDiagPartV2(input=[[1.0, 2.0], [3.0, 4.0]], k=[-1, 0], padding_value=9.0),
    [R.BroadcastGradientArgs(s0=tf.constant(a, tf.int32), s1=tf.constant(b, tf.int32)) for a, b in
     [([2, 3], [3]), ([2, 1], [1, 3]), ([1], [1]), ([1, 1], [1]), ([], [2]), ([5, 1, 1], [1, 4])]],
]"""
)

CASES["earlier_norms_and_order"] = (
    PRELUDE
    + """
from tensorflow.python.ops import gen_sparse_ops
from tensorflow.python.ops.init_ops_v2 import Constant, Ones, Zeros, glorot_normal
x = tf.reshape(tf.range(24.0), [2, 2, 2, 3])
norm = dict(x=x, scale=[1.0, 2.0, 3.0], offset=[0.0, 1.0, 0.0], mean=[0.0, 1.0, 2.0], variance=[1.0, 1.0, 2.0])
[
    list(R.FusedBatchNormV2(**norm)), R.FusedBatchNormV2(is_training=False, **norm)[0], R.FusedBatchNorm(**norm).batch_mean,
    R.FusedBatchNorm(**norm)._fields, list(R.SparseReorder(input_indices=[[1, 0], [0, 1]], input_values=[1.0, 2.0], input_shape=[2, 2])),
    gen_sparse_ops.sparse_reorder([[1, 0], [0, 1]], ["b", "a"], [2, 2]).output_values,
    Zeros()([2]), Ones()([1]), Constant(2.0)([1]), glorot_normal(seed=1)((3, 2)).shape,
]"""
)
CASES["variables"] = """
R = tf.raw_ops
v = tf.Variable([1.0, 2.0, 3.0])
read = [R.ReadVariableOp(resource=v.handle, dtype=tf.float32), R.ResourceGather(resource=v.handle, indices=[2, 0], dtype=tf.float32)]
for change in ("Update", "Add", "Sub", "Mul", "Div", "Min", "Max"):
    done = getattr(R, "ResourceScatter" + change)(resource=v.handle, indices=[0, 2], updates=[4.0, 2.5])
    read += [done, tf.identity(v)]
R.AssignVariableOp(resource=v.handle, value=tf.constant([5.0, 6.0, 7.0]))
R.AssignAddVariableOp(resource=v.handle, value=tf.constant([1.0, 1.0, 1.0]))
R.AssignSubVariableOp(resource=v.handle, value=tf.constant([0.5, 0.0, 1.0]))
[*read, v, R.MatrixDiagV3(diagonal=[[1, 2], [3, 4]], k=1, num_rows=-1, num_cols=-1, padding_value=9)]
"""
CASES["optimizers"] = """
R = tf.raw_ops
grad = tf.constant([0.5, -1.0])
found = []
for nesterov in (False, True):
    for keras in ("", "Keras"):
        var, accum = tf.Variable([1.0, 2.0]), tf.Variable([0.1, 0.2])
        for _ in range(2):
            getattr(R, f"ResourceApply{keras}Momentum")(
                var=var.handle, accum=accum.handle, lr=0.1, grad=grad, momentum=0.9, use_nesterov=nesterov)
        found += [var, accum]
    var, m, v = tf.Variable([1.0, 2.0]), tf.Variable([0.1, 0.2]), tf.Variable([0.3, 0.4])
    R.ResourceApplyAdam(var=var.handle, m=m.handle, v=v.handle, beta1_power=0.81, beta2_power=0.99, lr=0.1, beta1=0.9,
                        beta2=0.999, epsilon=1e-7, grad=grad, use_nesterov=nesterov)
    found += [var, m, v]
var, accum = tf.Variable([1.0, 2.0]), tf.Variable([0.1, 0.2])
R.ResourceApplyAdagradV2(var=var.handle, accum=accum.handle, lr=0.1, epsilon=1e-7, grad=grad)
R.ResourceApplyGradientDescent(var=var.handle, alpha=0.1, delta=grad)
rms, ms, mom = tf.Variable([1.0, 2.0]), tf.Variable([0.1, 0.2]), tf.Variable([0.0, 0.1])
R.ResourceApplyRMSProp(var=rms.handle, ms=ms.handle, mom=mom.handle, lr=0.1, rho=0.9, momentum=0.5, epsilon=1e-7, grad=grad)
[*found, var, accum, rms, ms, mom]
"""
