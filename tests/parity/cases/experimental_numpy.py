"""Cases of tf.experimental.numpy."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
n = tf.experimental.numpy
def grad(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x)
"""

CASES = {
    "array_1": PRELUDE
    + """
[
    n.array(1),
    n.array([1.5,2]),
    n.array([1,2j]),
    n.array([True]),
    n.array([1,2],dtype=n.float32),
    n.array(3,ndmin=2),
    n.array([tf.constant(1.),tf.constant(2.)]),
    n.array([[1,tf.constant(2)],[3,4]]),
    n.array(1.7,dtype=int),
    n.array('a'),
    n.array([]),
    n.array([[1,2],[3,4]]).shape,
]""",
    "array_2": PRELUDE
    + """
[
    n.array([1,2.5,True]),
    n.array(np.array([1,2],np.int16)),
    n.array(tf.Variable(3.)),
]""",
    "arange": PRELUDE
    + """
[
    n.arange(3),
    n.arange(1.,3),
    n.arange(1,3,dtype=n.float32),
    n.arange(5,1,-2),
    n.arange(0,1,0.25),
    n.arange(0),
    n.arange(3,1),
    err(lambda: n.arange(1,2,0)),
]""",
    "linspace": PRELUDE
    + """
[
    n.linspace(0,1,5),
    n.linspace(0,1,4,endpoint=False),
    n.linspace(0,1,5,retstep=True),
    n.linspace(1,2,1),
    n.linspace(0,1,0),
]""",
    "diag": PRELUDE
    + """
[
    n.diag([1,2]),
    n.diag([[1,2],[3,4]],k=1),
    n.diag([1,2],k=-1),
    err(lambda: n.diag(1)),
]""",
    "add": PRELUDE
    + """
[
    n.add(1,2.5),
    n.add([1,2],tf.constant([1.,2.])),
    n.add(tf.constant(1,tf.int32),tf.constant(2.,tf.float32)),
    n.add(tf.constant(1,tf.int8),tf.constant(2,tf.uint8)),
    n.add(tf.constant(1.,tf.float32),2),
    n.add(tf.constant(1.,tf.float32),2.5),
    n.add(tf.constant(1,tf.int32),2.5),
    n.add(True,False),
    n.add(True,1),
    n.add(np.float32(1),1),
]""",
    "clip": PRELUDE
    + """
[
    n.clip([1,5,9],2,6),
    n.clip([1.,5.],None,3),
    n.clip([1,5],3,None),
    err(lambda: n.clip([1],None,None)),
    n.clip(tf.constant([1,5,9]),2,6),
    n.clip([1,5,9],2.5,6),
]""",
    "isclose": PRELUDE
    + """
[
    n.isclose([1.,2.],[1.00001,3.]),
    n.isclose([1,2],[1,3]),
    n.isclose(float('nan'),float('nan'),equal_nan=True),
    n.isclose(1.,1.1,rtol=0.2),
    n.isclose([1.,float('inf')],[1.,float('inf')]),
]""",
    "sum": PRELUDE
    + """
[
    n.sum([[1,2],[3,4]]),
    n.sum([[1,2],[3,4]],axis=1,keepdims=True),
    n.sum(tf.constant([1,2],tf.int32)),
    n.sum(tf.constant([1,2],tf.uint8)),
    n.sum([True,True]),
    n.sum([1.5,2],dtype=int),
    n.sum(tf.constant([1.,2.])),
    n.sum([[1,2],[3,4]],axis=(0,1)),
    err(lambda: n.sum([1],axis=1)),
    n.sum(tf.Variable([1.,2.])),
]""",
    "mean": PRELUDE
    + """
[
    n.mean([1,2]),
    n.mean([[1.,2.],[3.,4.]],axis=0),
    n.mean(tf.constant([1.,2.])),
    n.mean([1,2],dtype=n.float32),
    err(lambda: n.mean([1,2],out=1)),
    n.mean(tf.constant([1,2],tf.int32)),
    n.mean(tf.constant([1.,2.],tf.float16)),
]""",
    "var": PRELUDE
    + """
[
    n.var([1,2,3]),
    n.var([1,2],dtype=n.float32),
    n.var([1+1j,2]),
    n.var(tf.constant([1.,2.],tf.float32),axis=0),
]""",
    "cumsum": PRELUDE
    + """
[
    n.cumsum([[1,2],[3,4]]),
    n.cumsum([[1,2],[3,4]],axis=0),
    n.cumsum([1,2],dtype=float),
    n.cumsum([1.,2.,3.]),
]""",
    "sort": PRELUDE
    + """
[
    n.sort([3,1,2]),
    n.sort([[3,1],[2,5]],axis=0),
    n.sort([[3,1],[2,5]],axis=None),
    err(lambda: n.sort([1],kind='heapsort')),
    err(lambda: n.sort([1],order='x')),
]""",
    "diff": PRELUDE
    + """
[
    n.diff([1,4,9]),
    n.diff([1,4,9],n=2),
    n.diff([[1,4],[9,16]],axis=0),
    n.diff([True,False]),
]""",
    "where": PRELUDE
    + """
[
    n.where([True,False],[1,2],[3.,4.]),
    n.where([0,1,1]),
    err(lambda: n.where([True],1)),
    n.where(True,1,2.),
    n.where([True,False],[1,2],tf.constant([3.,4.])),
]""",
    "take": PRELUDE
    + """
[
    n.take([1,2,3],[0,2]),
    n.take([[1,2],[3,4]],[1],axis=1),
    n.take([1,2,3],5),
    n.take([1,2,3],-1),
    n.take([1,2,3],5,mode='wrap'),
    err(lambda: n.take([1,2,3],5,mode='raise')),
    n.take(n.arange(6).reshape if False else n.arange(6),[[0,1],[2,3]]),
]""",
    "matmul": PRELUDE
    + """
[
    n.matmul([[1,2]],[[3],[4]]),
    n.matmul([1,2],[3,4]),
    n.matmul([1.,2.],[[1,2],[3,4]]),
    err(lambda: n.matmul([[1,2]],[[3,4]])),
    err(lambda: n.matmul(1,2)),
    n.matmul(n.ones([2,2,3]),n.ones([3,4])).shape,
]""",
    "dot": PRELUDE
    + """
[
    n.dot([1,2],[3,4]),
    n.dot(2,[1,2]),
    n.dot([[1,2],[3,4]],[1,1]),
    n.dot([[1,2],[3,4]],[[1.,1.],[1,1]]),
    n.dot(n.ones([2,3]),n.ones([3])).shape,
]""",
    "tensordot": PRELUDE
    + """
[
    n.tensordot([[1,2],[3,4]],[[1,2],[3,4]]),
    n.tensordot([[1,2],[3,4]],[[1,2],[3,4]],axes=1),
    n.tensordot([[1,2],[3,4]],[[1,2],[3,4]],axes=([0],[1])),
    n.tensordot(n.ones([2,3]),n.ones([3,4]),1).shape,
]""",
    "grad": PRELUDE
    + """
[
    grad(lambda x: n.sum(n.square(x)),[1.,2.]),
    grad(lambda x: n.sum(n.power(x,3))+n.mean(n.exp(x)),[1.,2.]),
    grad(lambda x: n.matmul(x,x)[0,1],[[1.,2.],[3.,4.]]),
    grad(lambda x: n.sum(n.where(x>1.5,x*x,x)),[1.,2.]),
    grad(lambda x: n.var(x),[1.,2.,4.]),
    grad(lambda x: n.sum(n.take(x,[0,0,1])),[1.,2.]),
    grad(lambda x: n.sum(n.concatenate([x,x*2.])),[1.,2.]),
]""",
    "asarray_and_more": PRELUDE
    + """
[
    n.asarray(tf.constant(1.5)),
    n.asarray(np.float32(1.5)),
    n.asarray([1,2],dtype=int),
    n.zeros(3),
    n.zeros((2,),dtype=n.int32),
    n.zeros([2],dtype=None),
    n.ones([2]),
    n.empty([1]),
]""",
    "full_and_more": PRELUDE
    + """
[
    n.full([2],1.5),
    n.full(2,[1,2]),
    n.full_like([1,2],2.5),
    n.full_like([1,2],2.5,dtype=float),
    err(lambda: n.full_like([1,2],2,order='C')),
    n.zeros_like([1.,2.]),
    n.ones_like(tf.constant([1.,2.])),
    n.ones_like([1],dtype=n.int8),
]""",
    "eye_and_more": PRELUDE
    + """
[
    n.eye(2),
    n.eye(2,3,k=1,dtype=n.int32),
    n.eye(2,k=5),
    n.identity(2),
    n.logspace(0,2,3),
    n.logspace(0,2,3,base=2),
    n.geomspace(1,8,4),
    n.diagflat([[1,2]],1),
]""",
    "diag_indices_and_more": PRELUDE
    + """
[
    n.diag_indices(2),
    n.tri(2,3,k=1),
    n.tri(2,dtype=int),
    n.vander([1,2,3]),
    n.vander([1,2],3,increasing=True),
    n.meshgrid([1,2],[3,4,5]),
    n.meshgrid([1,2],[3,4,5],indexing='ij'),
    err(lambda: n.meshgrid([1],sparse=True)),
]""",
    "sin_and_more": PRELUDE
    + """
[
    n.sin(tf.constant(1.)),
    n.ceil([1.5]),
    n.fix([1.5,-1.5]),
    n.sign([-2,0,3]),
    n.sign([1+1j,-2j]),
    err(lambda: n.sign(1,where=True)),
    n.abs([-1,2]),
    n.fabs([-1,2]),
    n.fabs([-1.]),
]""",
    "absolute_and_more": PRELUDE
    + """
[
    n.absolute(-1.5),
    n.absolute(3+4j),
    n.negative([1,-2]),
    n.positive([1]),
    n.square(3),
    n.reciprocal([2.]),
    n.conj(1+2j),
    n.conj(1.),
]""",
    "real_and_more": PRELUDE
    + """
[
    n.real(1+2j),
    n.imag([1.]),
    n.angle(1j),
    n.angle(1j,deg=True),
    n.bitwise_not([1,2]),
    n.bitwise_not(True),
    n.logical_not([0,1.5]),
    n.signbit([-1.,1.]),
    n.signbit([-1,1]),
    n.signbit(-0.0),
]""",
    "isnan_and_more": PRELUDE
    + """
[
    n.isnan([1.,float('nan')]),
    n.isfinite([1,float('inf')]),
    n.iscomplex([1,1j]),
    n.isreal([1,1j]),
    n.iscomplexobj([1j]),
    n.isrealobj([1]),
    n.sinc([0.,0.5]),
    n.cbrt([-8.,27.]),
]""",
    "log10_and_more": PRELUDE
    + """
[
    n.log10(100.),
    n.sqrt(-1.),
    n.subtract(5,2),
    n.multiply([True,True],[True,False]),
    n.multiply([1,2],tf.constant([3,4],tf.int8)),
    n.divide(1,2),
    n.true_divide(True,True),
    n.true_divide(tf.constant(1),tf.constant(2)),
]""",
    "floor_divide_and_more": PRELUDE
    + """
[
    n.floor_divide(7,-2),
    n.floor_divide(True,True),
    n.mod(7,-3),
    n.mod(True,True),
    n.remainder(-7.5,2),
    n.divmod(7,2),
    n.maximum([1,5],[3,2]),
    n.maximum(tf.constant([-1.,2.]),0),
    n.maximum(True,False),
]""",
    "minimum_and_more": PRELUDE
    + """
[
    n.minimum(1,2.5),
    n.power(2,3),
    n.power(2,-1.),
    n.float_power(2,3),
    n.arctan2(1.,2.),
    n.nextafter(1.,2.),
    n.hypot(3.,4.),
    n.logaddexp(1.,2.),
]""",
    "logaddexp2_and_more": PRELUDE
    + """
[
    n.logaddexp2(1.,2.),
    n.heaviside([-1.,0.,2.],0.5),
    n.gcd(12,18),
    err(lambda: n.gcd(1.5,2)),
    n.lcm(4,6),
    n.bitwise_and(6,3),
    n.bitwise_or([6],True),
    n.bitwise_xor(6,3),
]""",
    "equal_and_more": PRELUDE
    + """
[
    n.equal([1,2],[1.,3.]),
    n.not_equal(1,2),
    n.greater([1,2],1.5),
    n.less_equal(1,1),
    n.logical_and([1,0],[2.,1.]),
    n.logical_xor(True,1),
    n.allclose([1.,2.],[1.,2.]),
    n.array_equal([1,2],[1,2]),
    n.array_equal([1,2],[1,2,3]),
]""",
    "prod_and_more": PRELUDE
    + """
[
    n.prod([1,2,3]),
    n.prod([True,False]),
    n.prod(tf.constant([2,3],tf.int32)),
    n.max([[1,5],[3,2]],axis=0),
    n.max([True,False]),
    n.max(tf.constant([[1,2]],tf.int8),axis=1),
    n.amax([1,2],keepdims=True),
    n.amin([True,False]),
]""",
    "min_and_more": PRELUDE
    + """
[
    n.min([1.5,2]),
    n.ptp([1,5,3]),
    n.ptp([[1,5],[3,4]],axis=1),
    n.all([1,0]),
    n.all([]),
    n.all([[1,0],[1,1]],axis=0),
    n.any([[0,0],[1,0]],axis=1),
    n.std([1,2,3]),
    n.std([[1.,2.],[3.,5.]],axis=1,keepdims=True),
    n.std(tf.constant([1.,2.])),
]""",
    "average_and_more": PRELUDE
    + """
[
    n.average([1.,2.,3.],weights=[1,2,3]),
    n.average([[1,2],[3,4]],axis=0,weights=[1,3],returned=True),
    n.nansum([1.,float('nan')]),
    n.nanprod([2.,float('nan')]),
    n.nanmean([1.,float('nan'),3.]),
    n.nanmean([1,2]),
    n.count_nonzero([[0,1],[2,3]],axis=0),
    n.count_nonzero([0,1]),
]""",
    "cumprod_and_more": PRELUDE
    + """
[
    n.cumprod([1,2,3]),
    n.cumprod(tf.constant([1,2],tf.int32)),
    n.argmax([1,5,3]),
    n.argmax([[1,5],[7,2]]),
    n.argmax([True,False]),
    n.argmin([[1,5],[7,2]],axis=1),
    n.argsort([3,1,2]),
    n.argsort([1],kind='stable'),
    n.argsort([[3,1],[0,2]],axis=0),
]""",
    "reshape_and_more": PRELUDE
    + """
[
    n.reshape([1,2,3,4],(2,-1)),
    n.reshape([[1,2],[3,4]],-1,order='F'),
    err(lambda: n.reshape([1,2],4)),
    n.ravel([[1,2],[3,4]]),
    n.flatten([[1,2],[3,4]],'F'),
    n.transpose([[1,2],[3,4]]),
    n.transpose(n.ones([2,3,4]),(2,0,1)).shape,
    n.swapaxes([[1,2],[3,4]],0,1),
]""",
    "moveaxis_and_more": PRELUDE
    + """
[
    n.moveaxis(n.ones([2,3,4]),0,-1).shape,
    n.moveaxis(n.ones([2,3,4]),(0,1),(-1,-2)).shape,
    n.expand_dims([1,2],0),
    n.squeeze([[1]]),
    n.squeeze([[1,2]],axis=0),
    err(lambda: n.squeeze([[1,2]],axis=1)),
    n.broadcast_to([1,2],(2,2)),
    n.broadcast_arrays([1,2],[[3],[4]]),
]""",
    "concatenate_and_more": PRELUDE
    + """
[
    n.concatenate([[1,2],[3.5]]),
    n.concatenate([[[1,2]],[[3,4]]],axis=1),
    n.concatenate([[1,2],tf.constant([3.])]),
    n.append([1,2],[3.]),
    n.append([[1]],[[2]],axis=1),
    n.stack([[1,2],[3,4]],axis=1),
    n.stack([1,2.]),
    n.stack([tf.constant(1),tf.constant(2.)]),
]""",
    "vstack_and_more": PRELUDE
    + """
[
    n.vstack([[1,2],[3,4]]),
    n.hstack([[1],[2,3]]),
    n.dstack([[1,2],[3,4]]),
    n.split([1,2,3,4],2),
    n.split([1,2,3,4],[1,3]),
    err(lambda: n.split([1,2,3],2)),
    n.tile([1,2],2),
    n.tile([1,2],(2,1)),
    n.tile([[1,2]],(2,2)),
]""",
    "repeat_and_more": PRELUDE
    + """
[
    n.repeat([1,2],2),
    n.repeat([[1,2],[3,4]],[1,2],axis=0),
    n.flip([1,2,3]),
    n.flip([[1,2],[3,4]],0),
    n.fliplr([[1,2]]),
    n.flipud([[1],[2]]),
    n.roll([1,2,3],1),
    n.roll([[1,2],[3,4]],1,axis=1),
]""",
    "rot90_and_more": PRELUDE
    + """
[
    n.rot90([[1,2],[3,4]]),
    n.rot90([[1,2],[3,4]],k=2),
    n.pad([1,2,3],[[1,1]],'reflect'),
    n.pad([1,2,3],[[1,1]],'symmetric'),
    err(lambda: n.pad([1],1,'edge')),
    n.atleast_1d(1),
    n.atleast_1d(1,[2]),
    n.atleast_2d([1,2]),
]""",
    "atleast_3d_and_more": PRELUDE
    + """
[
    n.atleast_3d([1,2]).shape,
    n.ndim([[1]]),
    n.shape([[1,2]]),
    n.size([[1,2]]),
    n.isscalar(1),
    n.isscalar([1]),
    n.isscalar(tf.constant(1)),
    n.diagonal([[1,2],[3,4]]),
    n.diagonal([[1,2],[3,4]],offset=1),
]""",
    "trace_and_more": PRELUDE
    + """
[
    n.trace([[1,2],[3,4]]),
    n.trace([[1,2],[3,4]],dtype=float),
    n.tril([[1,2],[3,4]]),
    n.triu([[1,2],[3,4]],1),
    n.ix_([0,1],[2,3]),
    n.ix_([True,False],[1]),
    n.nonzero([[0,1],[2,0]]),
    n.nonzero(5),
]""",
    "compress_and_more": PRELUDE
    + """
[
    n.compress([True,False],[1,2]),
    n.compress([1,0],[[1,2],[3,4]],axis=1),
    n.compress([True],[1,2]),
    n.take_along_axis([[1,2],[3,4]],[[0],[1]],1),
    n.select([[True,False],[False,True]],[[1,2],[3,4]],10),
    n.select([[True,False]],[[1.,2.]]),
    n.vdot([1j,2],[3,4]),
    n.inner([1,2],[3,4]),
    n.inner([[1,2]],[[3,4]]),
    n.inner(2,[1,2]),
]""",
    "outer_and_more": PRELUDE
    + """
[
    n.outer([1,2],[3,4]),
    n.outer([[1,2]],[3]),
    n.kron([1,2],[1,10]),
    n.kron([[1,2]],[[1],[2]]),
    n.cross([1,2,3],[4,5,6]),
    n.cross([1,2],[4,5]),
    n.cross([1,2,3],[4,5]),
    n.polyval([1,2,3],2),
    n.polyval([1,2],[1.,2.]),
]""",
    "einsum_and_more": PRELUDE
    + """
[
    n.einsum('ij,jk->ik',[[1,2]],[[3],[4]]),
    n.einsum('i,i',[1.,2.],[3,4]),
    n.result_type(1,2.),
    n.result_type(n.int8,n.float32),
    n.result_type(tf.constant(1.),1),
    n.promote_types(n.int8,n.float32),
    n.finfo(n.float32).max,
    n.iinfo(n.int8).max,
]""",
    "issubdtype_and_more": PRELUDE
    + """
[
    n.issubdtype(n.int8,n.int_),
    n.pi,
    n.newaxis,
    n.median if hasattr(n,'median') else 'none',
    n.random.randn(2,3).shape,
    n.random.rand(2).dtype,
    n.random.uniform(1,[2,3]).shape,
    n.random.randint(5,size=3).dtype,
    err(lambda: n.random.randint(5,dtype=n.int8)),
]""",
    "poisson_and_more": PRELUDE
    + """
[
    n.random.poisson(2.,3).dtype,
    n.random.standard_normal((2,2)).shape,
    isinstance(n.array(1),n.ndarray),
    n.copy([1,2]),
    n.ascontiguousarray(1),
    tf.function(lambda x: n.add(x,1.5))(tf.constant([1,2])),
    tf.function(lambda x: n.reshape(n.sum(x,axis=0),(-1,1)))(tf.ones([2,3])),
]""",
    "dtypes and empty arrays": PRELUDE
    + """
e, u, b = tf.zeros([0, 2]), tf.constant([1, 2], tf.uint8), tf.constant([True, False])
[
    n.max(e), n.min(e), n.ptp(e), n.amax(e, 1), n.max([]), n.cumsum(u), n.cumprod(u), n.divide(u, tf.constant([3, 4], tf.int8)),
    *[f(tf.constant([[1.5, -0.5]]), dtype="int32") for f in (n.sum, n.prod, n.mean, n.nansum, n.nanprod)],
    n.fliplr(2), n.flipud(3.5), n.argsort(2), n.kron(b, b), n.angle(3.5), n.angle(np.array([1.0, -2.0])), n.angle(1j),
    n.isinf(b), n.isposinf(tf.constant(1)), n.isneginf(tf.constant(1j)), n.isinf(tf.constant([1.0, np.inf])),
]""",
}
