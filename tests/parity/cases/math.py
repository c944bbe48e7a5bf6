"""Cases of tf.math and of the operators of tensors."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def grad(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
"""

CASES = {
    "operators_1": PRELUDE
    + """
[
    c([1.,2.])==c([1.,2.,3.]),
    c([1.,2.])!=c([1.,2.,3.]),
    c([1.,2.])==None,
    c([1.,2.])!=None,
    err(lambda: c([1.,2.])=="a"),
    err(lambda: c([1.,2.])==c([1,2])),
    c([1.,2.])==[1,2],
    err(lambda: c([1,2])==1.5),
    err(lambda: c([1,2])+1.5),
    err(lambda: c([1,2])*c([1.,2.])),
    err(lambda: c([1,2])/c([1.,2.])),
    c([1,2])/2,
]""",
    "operators_2": PRELUDE
    + """
[
    2/c([1,2]),
    c([1,2],tf.int8)/c([1,2],tf.int8),
    err(lambda: c([1,2])/2.5),
    c([1.,2.])//c([0.,0.]),
    err(lambda: c([1,2])//c([0,1])),
    err(lambda: c([1,2])%c([0,1])),
    c([-7,7])//c([2,-2]),
    c([-7,7])%c([2,-2]),
    err(lambda: c([2,3])**c([2,-1])),
    c([2,3])**2,
    c([2.,3.])**2,
    2**c([2,3]),
]""",
    "operators_3": PRELUDE
    + """
[
    err(lambda: 2.5**c([2,3])),
    c([True])&c([False]),
    c([6])&c([3]),
    err(lambda: c([6.])&c([3.])),
    ~c([True]),
    ~c([6]),
    err(lambda: ~c([6.])),
    err(lambda: -c([True])),
    err(lambda: abs(c([True]))),
    err(lambda: c([True])+c([True])),
    c("a")+"b",
    c(["a"])+c(["b","c"]),
]""",
    "operators_4": PRELUDE
    + """
[
    "x"+c(["a"]),
    err(lambda: c([1,2])<1.5),
    err(lambda: c([1,2])<c([1.,2.])),
    c([1.,2.])<np.array([1.,2.]),
    c([1.,2.])+np.array([1.,2.]),
    np.array([1.,2.])+c([1.,2.]),
    np.array([1.,2.],np.float32)+c([1.,2.]),
    c([1.,2.])+[1,2],
    [1,2]+c([1.,2.]),
    c([[1.,2.]])@c([[1.],[2.]]),
    c([[1.,2.]])@np.ones((2,1)),
    err(lambda: c([1,2])*1.5),
]""",
    "operators_5": PRELUDE
    + """
[
    err(lambda: c([1,2])-1.5),
    err(lambda: c([1,2])%1.5),
    err(lambda: c([1,2])**1.5),
    err(lambda: 1.5*c([1,2])),
    err(lambda: 1.5-c([1,2])),
    c([1.])**True,
    c([1.])+True,
    err(lambda: c([1.])+"a"),
    err(lambda: c([1.])+None),
    err(lambda: c([1.])*None),
    err(lambda: c([1.])<None),
    err(lambda: c([1.])+[[1,2],[3]]),
]""",
    "operators_6": PRELUDE
    + """
[
    c([1.])*np.int64(2),
    c([1])*np.int64(2),
    c([1])*np.int64(2)+np.float32(1),
    np.float32(2)*c([1.]),
    c([1.])*np.float64(2.5),
    c([1])*np.float64(2.5),
    c([True])&True,
    c([True])|[False],
    c([True])^c([True]),
    c([6])^3,
    c([6])|np.array([1]),
    err(lambda: c([1.])@c([1.])),
]""",
    "operators_7": PRELUDE
    + """
[
    c([[1,2]])@c([[1],[2]]),
]""",
    "elementwise_1": PRELUDE
    + """
[
    err(lambda: tf.add(1,2.0)),
    err(lambda: tf.add([1,2],[3.,4.])),
    err(lambda: tf.add(c([1,2]),c([1,2,3]))),
    tf.divide(3,2),
    tf.divide(c(3),c(2)),
    tf.divide(1,c(2.)),
    err(lambda: tf.exp(1)),
    err(lambda: tf.exp(c([1]))),
    err(lambda: tf.sin([1,2])),
    err(lambda: tf.floor([1])),
    err(lambda: tf.math.ceil(c(1))),
    err(lambda: tf.math.rint([1])),
]""",
    "elementwise_2": PRELUDE
    + """
[
    err(lambda: tf.acos(c([1]))),
    err(lambda: tf.square("a")),
    err(lambda: tf.math.is_nan(c([1]))),
    err(lambda: tf.math.is_inf([1])),
    err(lambda: tf.tanh([1])),
    err(lambda: tf.math.log1p([1])),
    err(lambda: tf.maximum(1,2.5)),
    err(lambda: tf.maximum(c(1),2.5)),
    err(lambda: tf.maximum(True,False)),
    err(lambda: tf.multiply(True,False)),
    tf.subtract(c([1],tf.uint8),c([2],tf.uint8)),
    tf.math.floormod(c([-5,5],tf.uint8),c([3,3],tf.uint8)),
]""",
    "elementwise_3": PRELUDE
    + """
[
    tf.abs(c([-128],tf.int8)),
    err(lambda: tf.abs("a")),
    err(lambda: tf.abs([True])),
    tf.sign(c([3-4j,0j])),
    tf.sign([-2,0,5]),
    tf.sign([float('nan')]),
    err(lambda: tf.negative([True])),
    tf.round([0.5,1.5,-2.5]),
    err(lambda: tf.round([True])),
    err(lambda: tf.math.pow(c([2]),c([-1]))),
    tf.pow(2,3),
    tf.pow(2.,3),
]""",
    "elementwise_4": PRELUDE
    + """
[
    err(lambda: tf.pow(2,3.)),
    err(lambda: tf.pow(c([1,2]),2.)),
    tf.math.squared_difference([1,2],[3,5]),
    tf.math.truediv(3,2),
    err(lambda: tf.math.truediv(c([1,2]),c([1.,2.]))),
    tf.math.floordiv(7,2),
    tf.math.floordiv(7.5,2),
    tf.realdiv(3.,2.),
    tf.truncatediv(-7,2),
    tf.truncatemod(-7,2),
    tf.truncatediv(-7.,2.),
    tf.truncatemod(-7.,2.),
]""",
    "elementwise_5": PRELUDE
    + """
[
    tf.math.divide_no_nan(3,2),
    tf.math.divide_no_nan(c([1,0]),c([0,0])),
    tf.math.multiply_no_nan([1.,float('nan')],[2.,0.]),
    err(lambda: tf.math.multiply_no_nan(1,2)),
    err(lambda: tf.math.xlogy(0,0)),
    tf.math.xlogy(0.,0),
    tf.math.xlog1py(0.,-1.),
    err(lambda: tf.math.xlog1py(0,-1)),
    err(lambda: tf.math.atan2(1,1)),
    tf.math.atan2(1.,1.),
    tf.math.nextafter(1.,2.),
    tf.math.nextafter(c(1.,tf.float64),2.),
]""",
    "elementwise_6": PRELUDE
    + """
[
    tf.math.scalar_mul(2,c([1.,2.])),
    err(lambda: tf.math.scalar_mul(2.5,[1,2])),
    err(lambda: tf.math.scalar_mul([1.,2.],[1.,2.])),
    tf.math.real(c([1])),
    tf.math.imag(c([1.])),
    tf.math.conj(c([1.])),
    tf.math.angle([1.,-1.]),
    err(lambda: tf.math.angle(c([1]))),
    err(lambda: tf.complex(1,2)),
    tf.complex(1.,2.),
    err(lambda: tf.complex(c(1.),c(2.,tf.float64))),
    tf.maximum(c([1.]),N([1.])),
]""",
    "elementwise_7": PRELUDE
    + """
[
    tf.maximum(N([1.]),c([1.])),
    tf.maximum(1.,N([1.])),
    tf.maximum(N([1.]),1.),
    tf.maximum(c([1.]),N([1])),
    tf.maximum(c([1]),N([1.])),
    tf.add(c([1.]),N([1.])),
    tf.add(N([1.]),N([1.],np.float32)),
    tf.maximum([1.,nan],[nan,2.]),
    tf.math.lbeta([1.,2.]),
    tf.math.lbeta([[]]),
    err(lambda: tf.math.lbeta([1,2])),
    tf.math.rint([.5,1.5,2.5]),
]""",
    "elementwise_8": PRELUDE
    + """
[
    tf.math.log([0.,-1.]),
    tf.math.angle(c([1+1j,-1.])),
    tf.math.pow(c([2.]),[0.5]),
]""",
    "qr": PRELUDE
    + """
[
    err(lambda: tf.sqrt(4)),
    tf.sqrt([-1.]),
]""",
    "soft": PRELUDE
    + """
[
    err(lambda: tf.sigmoid(c([1]))),
    err(lambda: tf.math.softmax([1,2])),
    err(lambda: tf.math.softmax(3.)),
    err(lambda: tf.math.softmax([1.,2.],axis=1)),
    tf.math.log_softmax([1.,2.]),
    tf.math.softsign([1.,-2.]),
    err(lambda: tf.math.softplus([1,2])),
    tf.math.log_sigmoid([-200.]),
]""",
    "erf": PRELUDE
    + """
[
    err(lambda: tf.math.erf([1])),
    tf.math.erfinv([-1.,0.,1.,2.]),
    tf.math.ndtri([0.,.5,1.]),
    tf.math.erfcinv([0.,1.,2.]),
]""",
    "gamma": PRELUDE
    + """
[
    err(lambda: tf.math.lgamma([1])),
    err(lambda: tf.math.igamma(1,2)),
    tf.math.zeta([1.,2.,0.5,3.],[1.,2.,2.,-1.5]),
    tf.math.polygamma([0.,1.,2.5,-1.],[2.,3.,1.,1.]),
    tf.math.digamma([0.,-1.,1.,-.5]),
    tf.math.lgamma([0.,-1.,1.,-.5]),
    tf.math.igamma([0.,1.,-1.],[1.,0.,1.]),
    tf.math.betainc([1.,0.,2.],[2.,1.,3.],[.5,.5,1.5]),
]""",
    "comparison_1": PRELUDE
    + """
[
    err(lambda: tf.logical_and(1,0)),
    err(lambda: tf.logical_and(c([1]),c([0]))),
    err(lambda: tf.logical_not(1)),
    err(lambda: tf.math.logical_xor([1],[0])),
    err(lambda: tf.equal([1,2],[1,2,3])),
    err(lambda: tf.equal(c([1,2]),c([1.,2.]))),
    tf.equal("a",["a","b"]),
    err(lambda: tf.less("a","b")),
    err(lambda: tf.equal(1,1.5)),
    err(lambda: tf.equal(c(1),1.5)),
    err(lambda: tf.less(True,False)),
    tf.math.is_non_decreasing([1,1,2]),
]""",
    "comparison_2": PRELUDE
    + """
[
    err(lambda: tf.math.is_strictly_increasing(["a","b"])),
    tf.math.is_strictly_increasing([]),
]""",
    "arithmetic": PRELUDE
    + """
[
    tf.math.add_n([1,2]),
    tf.math.add_n([c(1.),c(2.)]),
    err(lambda: tf.math.add_n([])),
    tf.math.add_n(c([1.,2.])),
    err(lambda: tf.math.add_n([c([1.]),c([1.,2.])])),
    tf.math.polyval([1.,2.],3.),
    err(lambda: tf.math.polyval([1,2],3.)),
    err(lambda: tf.math.polyval((1,2),3.)),
]""",
    "accumulativeate": PRELUDE
    + """
[
    tf.math.accumulate_n([c([1,2]),c([3,4])]),
]""",
    "cast_1": PRELUDE
    + """
[
    tf.cast([1.9,-1.9],tf.int32),
    tf.cast([300.,-1.,float('nan'),1e20],tf.uint8),
    tf.cast([300.,-1.,float('nan'),1e20,-1e20],tf.int32),
    tf.cast(c([300,-1]),tf.uint8),
    tf.cast([1+2j],tf.float32),
    err(lambda: tf.cast(["1"],tf.int32)),
    tf.cast(c([0.5,0.,float('nan')]),tf.bool),
    err(lambda: tf.cast([1],"string")),
    err(lambda: tf.cast(None,tf.int32)),
    tf.saturate_cast([300.,-1.],tf.uint8),
    tf.saturate_cast([300,-1,5],tf.uint8),
    tf.saturate_cast([1e20,-1e20,float('nan')],tf.int32),
]""",
    "cast_2": PRELUDE
    + """
[
    tf.saturate_cast(c([1+300j]),tf.uint8),
]""",
    "gradient_elementwise_1": PRELUDE
    + """
[
    grad(tf.pow,[0.,2.,-2.,0.],[0.,2.,2.,2.]),
    grad(tf.pow,[0.,0.,-2.],[1.,-1.,.5]),
    grad(lambda x:x**0,[0.,2.]),
    grad(tf.maximum,[1.,2.,3.],[1.,3.,2.]),
    grad(tf.minimum,[1.,2.,3.],[1.,3.,2.]),
    grad(tf.floor,[1.5]),
    grad(tf.sign,[1.5]),
    grad(tf.round,[1.5]),
    grad(tf.math.ceil,[1.5]),
    grad(tf.math.rint,[1.5]),
    grad(tf.math.floordiv,[1.5],[1.]),
    grad(tf.math.floormod,[5.5],[2.]),
]""",
    "gradient_elementwise_2": PRELUDE
    + """
[
    grad(tf.truncatediv,[5.5],[2.]),
    grad(tf.math.nextafter,[5.5],[2.]),
    grad(tf.math.xlogy,[0.,2.],[0.,2.]),
    grad(tf.math.xdivy,[0.,2.],[0.,2.]),
    grad(tf.math.divide_no_nan,[0.,2.],[0.,2.]),
    grad(tf.math.multiply_no_nan,[0.,2.],[0.,2.]),
    grad(tf.math.atan2,[0.,2.],[0.,2.]),
    grad(tf.abs,[0.,-2.]),
    grad(tf.math.reciprocal_no_nan,[0.,2.]),
]""",
    "gradient_clip": PRELUDE
    + """
[
    grad(lambda x:tf.clip_by_value(x,0.,1.),[-1.,0.,.5,1.,2.]),
    grad(lambda x:tf.clip_by_norm(x,1.),[0.,0.]),
    grad(lambda x:tf.clip_by_norm(x,1.),[3.,4.]),
]""",
    "gradient_gamma": PRELUDE
    + """
[
    grad(tf.math.zeta,[2.5],[2.]),
    grad(tf.math.polygamma,[2.],[2.]),
    grad(tf.math.betainc,[2.],[2.],[.3]),
    grad(tf.math.igamma,[2.],[2.]),
    grad(tf.math.igammac,[2.],[2.]),
]""",
    "gradient_qr": PRELUDE
    + """
[
    grad(tf.sqrt,[0.]),
]""",
    "gradient_comparison": PRELUDE
    + """
[
    grad(tf.less,[0.],[2.]),
]""",
    "gradient_cast": PRELUDE
    + """
[
    grad(lambda x: tf.cast(x,tf.int32),[0.]),
    grad(lambda x: tf.cast(x,tf.float64),[1.]),
    grad(lambda x: tf.cast(tf.argmax(x),tf.float32),[1.]),
    grad(lambda x:tf.saturate_cast(x,tf.float16),[1e10,1.]),
]""",
    "gradient_cumulative": PRELUDE
    + """
[
    grad(tf.math.cumprod,[0.,2.,3.]),
]""",
    "gradient_reduce": PRELUDE
    + """
[
    grad(tf.reduce_prod,[0.,2.,3.]),
    grad(tf.reduce_max,[3.,2.,3.]),
    grad(tf.math.reduce_std,[2.,2.]),
    grad(tf.math.reduce_euclidean_norm,[0.,0.]),
    grad(tf.reduce_logsumexp,[-np.inf,-np.inf]),
]""",
    "gradient_norm": PRELUDE
    + """
[
    grad(tf.norm,[0.,0.]),
    grad(lambda x:tf.math.l2_normalize(x),[0.,0.]),
]""",
    "gradient_soft": PRELUDE
    + """
[
    grad(lambda x:tf.math.log_sigmoid(x),[-200.,200.]),
    grad(lambda x:tf.math.softplus(x),[-200.,200.]),
]""",
    "matmul": PRELUDE
    + """
[
    tf.matmul(c([[1.]]),N([[1.]])),
]""",
    "reduce_1": PRELUDE
    + """
[
    tf.reduce_max([1.,nan]),
    tf.reduce_min([nan,1.]),
    tf.reduce_max(tf.zeros([0])),
    tf.reduce_min(tf.zeros([0],tf.int32)),
    tf.reduce_mean(tf.zeros([0])),
    tf.reduce_mean([1,2]),
    tf.reduce_mean([-1,-2]),
    err(lambda: tf.reduce_mean([True,False])),
    err(lambda: tf.reduce_sum([True])),
    err(lambda: tf.reduce_sum(["a"])),
    err(lambda: tf.reduce_max([True,False])),
    err(lambda: tf.reduce_max(c([1+1j]))),
]""",
    "reduce_2": PRELUDE
    + """
[
    err(lambda: tf.reduce_all([1,0])),
    err(lambda: tf.reduce_all(c([1]))),
    tf.reduce_sum([[1,2],[3,4]],axis=[]),
    err(lambda: tf.reduce_sum([[1,2],[3,4]],axis=2)),
    err(lambda: tf.reduce_sum([[1,2],[3,4]],axis=[0,0])),
    err(lambda: tf.reduce_sum([[1,2],[3,4]],axis=[0,-2])),
    tf.reduce_sum([[1,2],[3,4]],axis=c([0])),
    tf.reduce_sum([[1,2],[3,4]],axis=c(0)),
    tf.reduce_sum([[1,2],[3,4]],axis=c(0,tf.int64),keepdims=True),
    err(lambda: tf.reduce_sum([[1,2],[3,4]],axis=1.0)),
    err(lambda: tf.reduce_sum([[1,2],[3,4]],axis="a")),
    tf.reduce_sum(c([1,2],tf.int8)),
]""",
    "reduce_3": PRELUDE
    + """
[
    tf.reduce_sum(c([200,100],tf.uint8)),
    tf.reduce_prod(c([1+1j,2.])),
    tf.reduce_mean(c([1.,2.],tf.bfloat16)),
    err(lambda: tf.math.reduce_variance([1,2])),
    tf.math.reduce_variance(c([1+1j,2])),
    tf.math.reduce_std([1.,2.,4.]),
    err(lambda: tf.math.reduce_std([1,2])),
    tf.math.reduce_euclidean_norm([3,4]),
    tf.math.reduce_euclidean_norm([3,5]),
    tf.math.reduce_euclidean_norm(c([3+4j])),
    err(lambda: tf.reduce_logsumexp([1,2])),
    tf.reduce_logsumexp(tf.zeros([0])),
]""",
    "reduce_4": PRELUDE
    + """
[
    tf.reduce_logsumexp([inf,1.]),
    tf.reduce_logsumexp([-inf,-inf]),
    tf.reduce_logsumexp([[1.,2.]],axis=1,keepdims=True),
]""",
    "argm_1": PRELUDE
    + """
[
    tf.argmax([1.,3.,3.]),
    tf.argmax([[1,2],[3,0]]),
    tf.argmax([[1,2],[3,0]],axis=1,output_type=tf.int32),
    err(lambda: tf.argmax([[1,2],[3,0]],axis=5)),
    err(lambda: tf.argmax(3)),
    err(lambda: tf.argmax([])),
    tf.argmax([nan,1.,2.]),
    tf.argmax([1.,nan,2.]),
    tf.argmin([1.,nan,0.]),
    tf.argmax([True,False]),
    err(lambda: tf.argmax(["a"])),
    tf.argmax([1,2],output_type=tf.uint16),
]""",
    "argm_2": PRELUDE
    + """
[
    err(lambda: tf.argmin([1,2],output_type=tf.int16)),
]""",
    "counting_1": PRELUDE
    + """
[
    tf.math.count_nonzero([[1,0],[2,3]],axis=0,dtype=tf.int32),
    tf.math.count_nonzero(c(["","a"])),
    tf.math.zero_fraction([]),
    tf.math.zero_fraction([0,1,0]),
    tf.math.bincount([1,1,3]),
    tf.math.bincount([]),
    tf.math.bincount([[1,1],[0,2]],axis=-1),
    tf.math.bincount([[1,1],[0,2]],axis=0),
    tf.math.bincount([1,1,3],weights=[1.,2.,3.]),
    tf.math.bincount([1,1,3],weights=[1,2,3]),
    tf.math.bincount([1,1,3],minlength=6),
    tf.math.bincount([1,1,3],maxlength=2),
]""",
    "counting_2": PRELUDE
    + """
[
    tf.math.bincount([1,1,3],dtype=tf.int64),
    tf.math.bincount([1,1,3],dtype=tf.float32),
    tf.math.bincount([1,1,3],binary_output=True),
    tf.math.bincount([[1,1],[0,2]],axis=-1,binary_output=True),
    tf.math.bincount([[1,1],[0,2]],axis=-1,weights=[[1.,2.],[3.,4.]]),
    err(lambda: tf.math.bincount([1,-1])),
    err(lambda: tf.math.bincount([[1,1],[0,2]],axis=1)),
    tf.math.bincount([1.,2.]),
    tf.math.bincount([1,1,3],axis=0,minlength=2,maxlength=3),
    tf.math.bincount(c([1,2],tf.int64),axis=0),
    err(lambda: tf.math.bincount(c(["a","b","a"]))),
    tf.math.confusion_matrix([1,2,4],[2,2,4]),
]""",
    "counting_3": PRELUDE
    + """
[
    tf.math.confusion_matrix([1,2,4],[2,2,4],num_classes=5,weights=[1.,2.,3.],dtype=tf.float32),
    err(lambda: tf.math.confusion_matrix([1,2,4],[2,2,4],num_classes=3)),
    tf.math.confusion_matrix([1,2],[[2],[1]]),
    err(lambda: tf.math.confusion_matrix([1,-2],[2,1])),
    tf.math.confusion_matrix([1.,2.],[2.,1.]),
    err(lambda: tf.math.confusion_matrix([1,2],[2,1],weights=[1,2,3])),
]""",
    "cumulative": PRELUDE
    + """
[
    tf.cumsum([1,2,3]),
    err(lambda: tf.cumsum([True])),
    err(lambda: tf.cumsum([[1,2]],axis=2)),
    err(lambda: tf.cumsum(3)),
    tf.math.cumprod([1.,2.,3.],exclusive=True,reverse=True),
    tf.math.cumulative_logsumexp([1.,2.,3.],exclusive=True),
    tf.math.cumulative_logsumexp([1.,2.,3.],exclusive=True,reverse=True),
    tf.math.cumulative_logsumexp([-inf,-inf,3.]),
    err(lambda: tf.math.cumulative_logsumexp(c([1,2]))),
]""",
    "segment_1": PRELUDE
    + """
[
    tf.math.segment_sum([1,2,3],[0,0,1]),
    tf.math.segment_sum([1,2,3],[0,0,2]),
    tf.math.segment_mean([1,2,4],[0,0,2]),
    tf.math.segment_max([1.,2.,3.],[0,0,2]),
    tf.math.segment_min([1,2,3],[0,0,2]),
    tf.math.segment_prod([1,2,3],[0,0,2]),
    err(lambda: tf.math.segment_sum([1,2,3],[1,0,1])),
    err(lambda: tf.math.segment_sum([1,2,3],[0,1])),
    err(lambda: tf.math.segment_sum([1,2,3],[-1,0,1])),
    tf.math.segment_sum([[1,2],[3,4]],[0,0]),
    err(lambda: tf.math.segment_sum([],[])),
    tf.math.unsorted_segment_sum([1,2,3],[0,-1,1],2),
]""",
    "segment_2": PRELUDE
    + """
[
    err(lambda: tf.math.unsorted_segment_sum([1,2,3],[0,5,1],2)),
    tf.math.unsorted_segment_max([1.,2.,3.],[0,0,1],3),
    tf.math.unsorted_segment_max([1,2,3],[0,0,1],3),
    tf.math.unsorted_segment_min([1.,2.,3.],[0,0,1],3),
    tf.math.unsorted_segment_prod([1.,2.,3.],[0,0,1],3),
    tf.math.unsorted_segment_mean([1.,2.,3.],[0,0,1],3),
    tf.math.unsorted_segment_mean([1,2,3],[0,0,1],3),
    tf.math.unsorted_segment_sqrt_n([1.,2.,3.],[0,0,1],3),
    tf.math.unsorted_segment_sum([[1,2],[3,4]],[[0,1],[1,0]],2),
]""",
    "gradient_segment": PRELUDE
    + """
[
    grad(lambda x:tf.math.segment_max(x,[0,0,1]),[2.,2.,1.]),
    grad(lambda x:tf.math.segment_prod(x,[0,0,1]),[0.,2.,1.]),
    grad(lambda x:tf.math.unsorted_segment_max(x,[0,0,-1],2),[2.,2.,1.]),
    grad(lambda x:tf.math.unsorted_segment_prod(x,[0,0,1],2),[0.,2.,1.]),
    grad(lambda x:tf.math.unsorted_segment_mean(x,[0,0,1],2),[0.,2.,1.]),
]""",
    "top_k": PRELUDE
    + """
[
    tf.math.in_top_k([1,0],[[.1,.9,.0],[.3,.3,.9]],2),
    tf.math.in_top_k([1,5],[[.1,.9,.0],[.3,.3,nan]],1),
    tf.math.top_k([1.,3.,2.],2),
    err(lambda: tf.math.top_k([1.,3.,2.],4)),
    tf.math.top_k([[1,3,3]],k=1),
    tf.math.top_k([1.,3.,2.],2,index_type=tf.int64),
    err(lambda: tf.math.top_k(3.)),
    err(lambda: tf.math.top_k([1.,2.],-1)),
    tf.math.approx_max_k(c([1.,5.,3.]),2),
]""",
    "inv": PRELUDE
    + """
[
    tf.math.invert_permutation([2,0,1]),
    err(lambda: tf.math.invert_permutation([2,0,0])),
]""",
    "norm": PRELUDE
    + """
[
    tf.math.l2_normalize([3.,4.]),
    err(lambda: tf.math.l2_normalize([3,4])),
    tf.math.l2_normalize([[3.,4.]],axis=[0,1],epsilon=1),
]""",
    "sobol": PRELUDE
    + """
[
    tf.math.sobol_sample(3,4),
    tf.math.sobol_sample(2,3,skip=2,dtype=tf.float64),
]""",
    "special": PRELUDE
    + """
[
    tf.math.special.bessel_y0([0.,1.,-1.]),
    tf.math.special.bessel_j0([0.,1.,20.]),
    tf.math.special.bessel_j1([0.,1.,20.]),
    tf.math.special.bessel_k0([0.,1.,2.,20.]),
    tf.math.special.bessel_k1e([0.,1.,2.,20.]),
    tf.math.special.dawsn([0.,.5,-1.,10.]),
    tf.math.special.expint([-1.,0.,1.,10.]),
    tf.math.special.fresnel_cos([0.,.1,1.5,-3.,40.]),
    tf.math.special.fresnel_sin([0.,.1,1.5,-3.,40.]),
    tf.math.special.spence([-1.,0.,.5,1.,2.,10.]),
    tf.math.bessel_i0(c([1.],tf.float64)),
]""",
    "clip_1": PRELUDE
    + """
[
    tf.clip_by_value([1,5,9],2,6),
    tf.clip_by_value([1.,5.,9.],2,6),
    err(lambda: tf.clip_by_value([1,5,9],2.5,6)),
    tf.clip_by_value([[1.,5.]],[2.,3.],6.),
    err(lambda: tf.clip_by_value([1.,5.],[[2.,3.]],6.)),
    tf.clip_by_value([1.,5.,nan],6,2),
    tf.clip_by_norm([3.,4.],1.),
    tf.clip_by_norm([[3.,4.],[0.,.5]],1.,axes=[1]),
    err(lambda: tf.clip_by_norm([3,4],1)),
    tf.clip_by_global_norm([[3.,4.],None,c(5.)],1.),
    tf.clip_by_global_norm([c([3.,inf])],1.),
    err(lambda: tf.clip_by_global_norm(c([3.]),1.)),
]""",
    "clip_2": PRELUDE
    + """
[
    tf.linalg.global_norm([[3.,4.],None]),
    tf.linalg.global_norm([None]),
]""",
}
