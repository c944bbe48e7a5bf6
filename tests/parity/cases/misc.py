"""Cases of tf.queue, tf.quantization, tf.audio, tf.dtypes, tf.test, tf.experimental and names at tf's top."""

PRELUDE = """\
import os, tempfile
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
Q = tf.quantization
def grads(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
def queue(q, *steps):
    out = []
    for name, *args in steps:
        out.append(getattr(q, name)(*args))
    return out
A = tf.constant([-10.0, -6.0, -1.3, 0.0, 0.4, 2.51, 6.0, 7.5])
B = tf.constant([[-2.0, -0.5, 0.3], [0.9, 1.7, 3.3]])
import typing
class Masked(tf.experimental.BatchableExtensionType):
    values: tf.Tensor
    mask: tf.Tensor
    name: str = "m"
class Nest(tf.experimental.ExtensionType):
    a: typing.Tuple[tf.Tensor, ...]
    b: typing.Mapping[str, tf.Tensor]
    c: typing.Optional[int] = None
class Checked(tf.experimental.ExtensionType):
    x: tf.Tensor
    def __validate__(self):
        if self.x.shape.rank != 1:
            raise ValueError("rank")
class Own(tf.experimental.ExtensionType):
    x: tf.Tensor
    n: int
    def __init__(self, n):
        self.x = tf.ones([n])
        self.n = n
M = Masked([1, 2, 3], [True, False, True])
def setattr_(o, k, v):
    setattr(o, k, v)
def badtype():
    class Bad(tf.experimental.ExtensionType):
        x: typing.List[int]
    return Bad([1])
def parts(m):
    return [m.values, m.mask, m.name]
def ints(r):
    return [tf.cast(r[0], tf.int32), r[1], r[2]]
"""

VALUE = """
def val(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
"""
CASES = {
    "csv_and_sparse_bytes": PRELUDE
    + """
import numpy as np
empty = tf.constant([], tf.float32)
sparse = tf.SparseTensor([[0, 0], [1, 0]], ["a@b.com", "c" * 130], [2, 1])
[
    tf.io.decode_csv(b"4.5,1", [0.0, empty]), tf.io.decode_csv([b"4.5,1", b",3"], [0.0, tf.constant([], tf.int32)]),
    err(lambda: tf.io.decode_csv(b"4.5,", [0.0, empty])), tf.io.decode_csv(b",a", [np.array([1.0], "float32"), tf.constant("x")]),
    tf.io.serialize_sparse(sparse), tf.io.serialize_many_sparse(sparse),
    tf.sparse.to_dense(tf.io.deserialize_many_sparse(tf.io.serialize_many_sparse(sparse), tf.string)),
]""",
    "fake_quant_with_min_max_args": PRELUDE
    + """
[
    Q.fake_quant_with_min_max_args(A),
    Q.fake_quant_with_min_max_args(A,min=-1,max=3,num_bits=4,narrow_range=True),
    Q.fake_quant_with_min_max_args(A,min=1,max=3),
    err(lambda: Q.fake_quant_with_min_max_args(A,min=3,max=1)),
    err(lambda: Q.fake_quant_with_min_max_args(A,num_bits=1)),
    err(lambda: Q.fake_quant_with_min_max_args(A,num_bits=17)),
]""",
    "grads": PRELUDE
    + """
[
    grads(lambda x: tf.reduce_sum(Q.fake_quant_with_min_max_args(x)*tf.range(8.)),A.numpy()),
    grads(lambda x,a,b: tf.reduce_sum(Q.fake_quant_with_min_max_vars(x,a,b)*tf.range(8.)),A.numpy(),-1.,3.),
    grads(lambda x,a,b: tf.reduce_sum(Q.fake_quant_with_min_max_vars_per_channel(x,a,b)),B.numpy(),[-1.,0.,0.],[1.,1.,2.]),
    grads(lambda x: tf.reduce_sum(Q.quantize_and_dequantize_v2(x,-2.,2.,range_given=True)*tf.range(8.)),A.numpy()),
]""",
    "ints_1": PRELUDE
    + """
[
    ints(Q.quantize(A,-6.,6.,tf.quint8)),
    ints(Q.quantize(A,-6.,6.,tf.qint8,mode='MIN_FIRST')),
    ints(Q.quantize(A,-6.,6.,tf.quint8,mode='MIN_FIRST')),
    ints(Q.quantize(A,-6.,6.,tf.qint8,mode='SCALED',round_mode='HALF_TO_EVEN')),
    ints(Q.quantize(A,-6.,6.,tf.qint8,mode='SCALED',round_mode='HALF_TO_EVEN',narrow_range=True)),
    ints(Q.quantize(A,-6.,6.,tf.quint8,mode='SCALED')),
    ints(Q.quantize(A,-6.,6.,tf.qint8)),
    ints(Q.quantize(A,0.,0.001,tf.quint8)),
    ints(Q.quantize(A,0.,0.001,tf.quint8,ensure_minimum_range=0.0)),
    ints(Q.quantize(A,-6.,6.,tf.qint16)),
    err(lambda: ints(Q.quantize(A,-6.,6.,tf.int32))),
    err(lambda: ints(Q.quantize(A,-6.,6.,tf.quint8,mode='X'))),
]""",
    "ints_2": PRELUDE
    + """
[
    ints(Q.quantize(B,[-2.,0.,0.],[2.,2.,4.],tf.qint8,mode='SCALED',axis=1)),
    ints(Q.quantized_concat(0,[tf.cast([1,2],tf.quint8),tf.cast([3],tf.quint8)],[0.,0.],[255.,255.])),
    ints(Q.quantized_concat(0,[tf.cast([1,200],tf.quint8),tf.cast([3],tf.quint8)],[0.,0.],[255.,510.])),
]""",
    "dequantize": PRELUDE
    + """
[
    Q.dequantize(tf.cast([0,10,255],tf.quint8),-6.,6.),
    Q.dequantize(tf.cast([-128,0,127],tf.qint8),-6.,6.),
    Q.dequantize(tf.cast([0,10,255],tf.quint8),-6.,6.,mode='MIN_FIRST'),
    Q.dequantize(tf.cast([-128,0,127],tf.qint8),-6.,6.,mode='SCALED'),
    Q.dequantize(tf.cast([-128,0,127],tf.qint8),-6.,6.,mode='SCALED',narrow_range=True),
    err(lambda: Q.dequantize(tf.cast([-128,0,127],tf.qint8),-6.,6.,mode='SCALED',dtype=tf.bfloat16)),
    Q.dequantize(tf.cast([[1,2,3]],tf.qint8),[-6.,-1.,-1.],[6.,1.,2.],mode='SCALED',axis=1),
]""",
    "quantize_and_dequantize_v2": PRELUDE
    + """
[
    Q.quantize_and_dequantize_v2(A,-6.,6.,range_given=True),
    Q.quantize_and_dequantize_v2(A,0.,0.),
    Q.quantize_and_dequantize_v2(A,-6.,6.,signed_input=False,num_bits=4,range_given=True),
    Q.quantize_and_dequantize_v2(A,-6.,3.,num_bits=4,range_given=True,round_mode='HALF_UP',narrow_range=True),
    Q.quantize_and_dequantize_v2(B,0.,0.,axis=1,num_bits=3),
    err(lambda: Q.quantize_and_dequantize_v2(A,6.,-6.,range_given=True)),
    err(lambda: Q.quantize_and_dequantize_v2(A,-6.,6.,num_bits=0,range_given=True)),
    err(lambda: Q.quantize_and_dequantize_v2(A,-6.,6.,range_given=True,round_mode='X')),
]""",
    "queue_1": PRELUDE
    + """
[
    queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]]),['enqueue',1],['enqueue_many',[[2,3]]],['size'],['dequeue'],['dequeue_many',2],['is_closed'],['close'],['is_closed']),
    queue(tf.queue.FIFOQueue(5,[tf.int32,tf.string],shapes=[[],[]]),['enqueue',(1,'a')],['enqueue_many',([2,3],['b','c'])],['dequeue'],['dequeue_many',2]),
    err(lambda: queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]]),['close'],['dequeue'])), queue(tf.queue.FIFOQueue(5,tf.float32,((),)),['enqueue',(1.,)],['dequeue']), queue(tf.queue.FIFOQueue(5,tf.int32,(2,)),['enqueue',[[1,2]]],['dequeue_many',1]), queue(tf.queue.FIFOQueue(5,[tf.int32],[2]),['enqueue',[[1,2]]],['dequeue_many',1]),
    err(lambda: queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]]),['close'],['enqueue',1])),
    queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]]),['enqueue_many',[[2,3]]],['close'],['dequeue_up_to',5]),
    err(lambda: queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]]),['enqueue_many',[[2,3]]],['close'],['dequeue_many',5])),
    queue(tf.queue.FIFOQueue(5,tf.float32),['enqueue',[[1.,2.]]],['dequeue']),
    err(lambda: queue(tf.queue.FIFOQueue(5,tf.float32),['enqueue',[[1.,2.]]],['dequeue_many',1])),
    err(lambda: queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[2]]),['enqueue',[[1,2,3]]])),
    err(lambda: queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]]),['enqueue',1.5])),
    queue(tf.queue.FIFOQueue(5,[tf.int32,tf.float32],shapes=[[],[]],names=['a','b']),['enqueue',{'a':1,'b':2.}],['dequeue']),
    err(lambda: queue(tf.queue.FIFOQueue(5,[tf.int32],shapes=[[]],names=['a']),['enqueue',1])),
]""",
    "queue_2": PRELUDE
    + """
[
    queue(tf.queue.PaddingFIFOQueue(5,[tf.int32],shapes=[[None]]),['enqueue',[[1]]],['enqueue',[[1,2,3]]],['dequeue_many',2]),
    queue(tf.queue.PriorityQueue(5,[tf.string],shapes=[[]]),['enqueue',(3,'c')],['enqueue_many',([1,2],['a','b'])],['dequeue'],['dequeue_many',2]),
    queue(tf.queue.RandomShuffleQueue(5,0,[tf.int32],shapes=[[]]),['enqueue_many',[[2,2]]],['dequeue_many',2]),
]""",
    "FIFOQueue": PRELUDE
    + """
[
    tf.queue.FIFOQueue(5,[tf.int32,tf.string]).dtypes,
    tf.queue.FIFOQueue(5,[tf.int32],shapes=[[2]]).shapes,
    tf.queue.FIFOQueue(5,[tf.int32]).shapes,
    err(lambda: tf.queue.FIFOQueue(5,[tf.int32],shapes=[[],[]])),
    tf.queue.FIFOQueue(5,[tf.int32],names=['a']).names,
]""",
    "decode_wav": PRELUDE
    + """
[
    tf.audio.decode_wav(tf.audio.encode_wav([[0.],[0.5],[-1.],[1.],[2.]],8000)),
    tf.audio.decode_wav(tf.audio.encode_wav([[0.,0.5],[-0.25,1.]],16000),desired_channels=1),
    tf.audio.decode_wav(tf.audio.encode_wav([[0.],[0.5]],16000),desired_channels=2),
    tf.audio.decode_wav(tf.audio.encode_wav([[0.],[0.5]],16000),desired_samples=4),
    tf.audio.decode_wav(tf.audio.encode_wav([[0.],[0.5],[0.25]],16000),desired_samples=2),
    err(lambda: tf.audio.decode_wav(b'abc')),
]""",
    "misc_1": PRELUDE
    + """
[
    [tf.dtypes.experimental.int4.name, tf.dtypes.experimental.float8_e5m2.size, tf.dtypes.experimental.float8_e4m3fn.max, tf.dtypes.experimental.float8_e4m3fn.is_floating],
    [tf.float32.is_numeric if hasattr(tf.float32,'is_numeric') else None, tf.dtypes.cast(1.7,tf.int32), tf.dtypes.saturate_cast(300,tf.uint8), tf.dtypes.complex(1.,2.)],
    [tf.test.is_built_with_rocm(), tf.test.is_gpu_available(), tf.test.gpu_device_name()],
    tf.sysconfig.CXX_VERSION,
    [type(tf.sysconfig.get_build_info()['is_cuda_build']).__name__, type(tf.sysconfig.get_include()).__name__, type(tf.sysconfig.get_compile_flags()).__name__],
    M == Masked([1,2,3],[True,False,True]),
    M == Masked([1,2,4],[True,False,True]),
    M == Masked([1,2],[True,False]),
    M != Masked([1,2,3],[True,False,True]),
    M == 3,
    [Nest([1,2],{'x':3}).a, Nest([1,2],{'x':3}).b['x'], Nest([1],{}).c, Nest([1],{},4).c],
    [Own(2).x, Own(3).n],
]""",
    "misc_2": PRELUDE
    + """
[
    [len(tf.nest.flatten(M))],
    [parts(x)[:2] for x in tf.data.Dataset.from_tensor_slices([1,2,3,4]).map(lambda x: Masked(x,x>2)).batch(2)],
    [parts(x)[:2] for x in tf.data.Dataset.from_tensors(M)],
    [M._type_spec == Masked([4,5,6],[True,False,True])._type_spec, M._type_spec.is_compatible_with(Masked([1,2],[True,False]))],
    [tf.experimental.Optional.from_value(3).has_value(), tf.experimental.Optional.from_value(3).get_value(), tf.experimental.Optional.empty(tf.TensorSpec([],tf.int32)).has_value()],
    [isinstance(tf.function(lambda: 1), tf.types.experimental.GenericFunction), isinstance(tf.function(lambda: 1).get_concrete_function(), tf.types.experimental.ConcreteFunction)],
    [tf.experimental.int4.name, tf.experimental.float8_e5m2.name],
]""",
    "constant_initializer": PRELUDE
    + """
[
    tf.constant_initializer(3)([2]),
    tf.constant_initializer([1,2])([2],tf.int32),
    err(lambda: tf.constant_initializer([1,2])([3])),
    tf.constant_initializer([1,2,3,4])([2,2]),
    tf.constant_initializer(2.).get_config(),
]""",
    "make_ndarray": PRELUDE
    + """
[
    tf.make_ndarray(tf.make_tensor_proto([1,2,3])),
    tf.make_ndarray(tf.make_tensor_proto([1,2,3,4],dtype=tf.float32,shape=[2,2])),
    tf.make_ndarray(tf.make_tensor_proto(1.5,shape=[2])),
    tf.make_ndarray(tf.make_tensor_proto(['a','b'])),
]""",
    "parts": PRELUDE
    + """
[
    parts(M),
    parts(tf.function(lambda m: Masked(m.values*2,m.mask))(M)),
    parts(tf.nest.map_structure(lambda t: t, M, expand_composites=True)),
    parts(tf.cond(tf.constant(True), lambda: M, lambda: Masked([4,5,6],[False,False,False]))),
]""",
    "Masked": PRELUDE
    + """
[
    err(lambda: Masked(1)),
    Masked(1,mask=True,name='q').name,
    Masked('a',True).values,
    err(lambda: Masked(M,True)),
    err(lambda: Masked(1,True,name=3)),
]""",
    "Nest": PRELUDE
    + """
[
    err(lambda: Nest(5,{})),
    err(lambda: Nest([1],[2])),
    err(lambda: Nest([1],{3:4})),
    err(lambda: Nest([1],{},'x')),
]""",
    "fake_quant_with_min_max_args_gradient_and_more": PRELUDE
    + """
[
    Q.fake_quant_with_min_max_args_gradient(tf.ones([8]),A),
    Q.fake_quant_with_min_max_vars(A,-1.,3.),
    Q.fake_quant_with_min_max_vars(A,-1.,3.,num_bits=3,narrow_range=True),
    Q.fake_quant_with_min_max_vars_gradient(tf.range(8.),A,-1.,3.),
    Q.fake_quant_with_min_max_vars_per_channel(B,[-1.,0.,0.],[1.,1.,2.]),
    Q.fake_quant_with_min_max_vars_per_channel(B[0],[-1.,0.,0.],[1.,1.,2.]),
    err(lambda: Q.fake_quant_with_min_max_vars_per_channel(B,[-1.,0.],[1.,1.])),
    Q.fake_quant_with_min_max_vars_per_channel_gradient(tf.ones([2,3]),B,[-1.,0.,0.],[1.,1.,2.]),
]""",
    "quantize_and_dequantize_and_more": PRELUDE
    + """
[
    Q.quantize_and_dequantize(A,-6.,6.,range_given=True),
    err(lambda: tf.queue.PaddingFIFOQueue(5,[tf.int32],shapes=[])),
    tf.audio.encode_wav([[0.,0.5],[-0.25,1.]],16000),
    err(lambda: tf.audio.encode_wav([0.,0.5],8000)),
    tf.ones_initializer()([2]),
    tf.ones_initializer()([2],dtype=tf.int32),
    err(lambda: tf.zeros_initializer()([2],tf.string)),
    tf.zeros_initializer()([2],tf.float16),
]""",
    "random_normal_initializer_and_more": PRELUDE
    + """
[
    tf.random_normal_initializer(1.,0.0)([2]),
    tf.random_normal_initializer(seed=1).get_config(),
    err(lambda: tf.random_normal_initializer()([2],tf.int32)),
    tf.random_uniform_initializer(1.,1.0)([2]),
    tf.random_uniform_initializer.from_config({'minval':0.,'maxval':0.,'seed':None})([1]),
    err(lambda: tf.make_tensor_proto([1,2],shape=[3],verify_shape=True)),
    tf.get_static_value(tf.constant([1,2])),
    tf.no_gradient('Foo'),
]""",
    "approx_top_k_and_more": PRELUDE
    + """
[
    tf.approx_top_k(tf.constant([1.,5.,3.,4.]),2),
    tf.test.is_built_with_cuda() in (True,False),
    tf.test.compute_gradient(lambda x: x*x, [tf.constant([1.,2.])]),
    tf.test.compute_gradient(lambda x,y: tf.reduce_sum(x*y), [tf.constant([1.,2.]),tf.constant([3.,4.])]),
    tf.conv(tf.ones([1,4,4,1]),tf.ones([2,2,1,1]),[1,1,1,1],'SAME'),
    err(lambda: tf.check_pinned(tf.constant(1))),
    tf.xla.experimental.compile(lambda x: x*2, [tf.constant(3.)]),
    tf.nondifferentiable_batch_function(1,10,0)(lambda x: x*2)(tf.constant([1.,2.])),
]""",
    "load_library_and_more": PRELUDE
    + """
[
    err(lambda: tf.load_library('/nonexistent.so')),
    err(lambda: tf.load_op_library('/nonexistent.so')),
    err(lambda: setattr_(M,'values',1)),
    err(lambda: setattr_(M,'other',1)),
    err(lambda: badtype()),
    Checked([1]).x,
    err(lambda: Checked(1)),
    tf.nest.flatten(M,expand_composites=True),
]""",
    "as_dict_and_more": PRELUDE
    + """
[
    tf.experimental.extension_type.as_dict(M)['name'],
    isinstance(M, tf.experimental.ExtensionType),
    err(lambda: tf.experimental.ExtensionType()),
    err(lambda: tf.experimental.register_filesystem_plugin('/nonexistent')),
    err(lambda: tf.experimental.Optional.empty(tf.TensorSpec([],tf.int32)).get_value()),
    tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(tf.constant([1.,2.]))),
]""",
    "constants_of_lists": PRELUDE
    + VALUE
    + """
[
    val(lambda: tf.constant([True, 1])), val(lambda: tf.constant([1, True])), val(lambda: tf.constant([1, 1 + 2j])),
    val(lambda: tf.constant([1.0, 1 + 2j])), val(lambda: tf.constant([np.float32(1), 2.0])),
    val(lambda: tf.constant([np.float64(1), 2.0])), val(lambda: tf.constant([2.0, np.float64(1)])),
    val(lambda: tf.constant([np.int64(1), 2])), val(lambda: tf.constant([np.int8(1)])),
    val(lambda: tf.constant([np.float16(1), 2])), val(lambda: tf.constant([np.complex64(1), 2])),
    val(lambda: tf.constant([np.array([1, 2], np.int8), [3, 4]])), val(lambda: tf.constant([np.int64(2**40), 1])),
    val(lambda: tf.constant(1e40)), val(lambda: tf.constant(1e40, tf.float32)), val(lambda: tf.constant([1.0, 1e39])),
    val(lambda: tf.constant(2**63)), val(lambda: tf.constant([2**63, 2], tf.uint64)),
    val(lambda: tf.constant(2**40, tf.int32)), val(lambda: tf.constant(-1, tf.uint32)),
    val(lambda: tf.constant([2**70], tf.float32)), val(lambda: tf.constant([1.0, 2**70])),
    val(lambda: tf.constant(["a", 1], tf.int32)), val(lambda: tf.constant([True, 1], tf.bool)),
    val(lambda: tf.convert_to_tensor(np.array([1.5]), tf.int32)), val(lambda: tf.convert_to_tensor(np.array([1]), tf.string)),
    val(lambda: tf.Variable([1]).assign(np.array([1.5]))), val(lambda: tf.constant(tf.constant([1]), tf.float32)),
    val(lambda: tf.constant(np.array([1], np.longdouble))), val(lambda: [str(tf.constant(0.0)), str(tf.constant(-0.0))]),
]""",
    "operands": PRELUDE
    + VALUE
    + """
f = tf.constant([1.5])
[
    val(lambda: tf.add(1, f)), val(lambda: tf.add(np.array([1.0]), f)), val(lambda: np.array([1.0]) + f), val(lambda: 1 + f),
    val(lambda: tf.matmul([[1]], f[None])), val(lambda: tf.matmul(np.ones([1, 1]), f[None])), val(lambda: np.ones([1, 1]) @ f[None]),
    val(lambda: tf.tensordot([1], f, 1)), val(lambda: tf.clip_by_value([1], 0, tf.constant(2.0))), val(lambda: tf.subtract(1, f)),
    val(lambda: tf.constant([True, False]) * 2.5), val(lambda: 2 * tf.constant([True])), val(lambda: tf.pow([2, 3], [1, -1])),
    val(lambda: tf.tensor_scatter_nd_update(np.array([1.0, 2.0]), [[0]], f)), val(lambda: tf.tensor_scatter_nd_add([1, 2], [[0]], 9)),
    val(lambda: tf.scatter_nd([[0], [0]], ["a", "b"], [2])), val(lambda: tf.reduce_mean(tf.zeros([2, 0], tf.int32), 1)),
    val(lambda: 3 in tf.constant([1, 3])), val(lambda: tf.where([1, 0], 5, 6)), val(lambda: tf.where(True)),
    val(lambda: tf.identity("a")), val(lambda: tf.squeeze([["a"]])), val(lambda: tf.gather(["a", "b"], 1)), val(lambda: tf.identity(None)),
    val(lambda: tf.gather(tf.reshape(tf.range(24), [2, 3, 4]), [[0], [1]], batch_dims=-1)),
    val(lambda: tf.boolean_mask([[1, 2]], [True, False], axis=-1)), val(lambda: tf.TensorShape(None)[:2]),
    val(lambda: tf.split([1, 2], tf.constant(2))), val(lambda: tf.repeat([1, 2], 2.0)), val(lambda: tf.clip_by_norm([3.0, 4.0], -1.0)),
]""",
    "device spec": """
spec = tf.DeviceSpec(job="w", task=3, device_type="GPU", device_index=0)
with tf.device(tf.DeviceSpec(device_type="CPU", device_index=0)):
    x = tf.constant(1) + 1
[spec.parse_from_string("/CPU:1").to_string(), spec.to_string(), repr(spec), x]""",
    "a device that is not there": """
def on(name):
    try:
        with tf.device(name):
            return tf.Variable([1.0, 2.0])
    except Exception as error:
        return type(error).__name__, str(error)
before = tf.config.get_soft_device_placement()
tf.config.set_soft_device_placement(False)
found = [on("/gpu:1000"), on("/device:GPU:3"), on("CPU:0")]
tf.config.set_soft_device_placement(before)
[found, on("/gpu:1000")]""",
    "name scope of a graph": """
@tf.function
def scoped():
    with tf.name_scope("outer"), tf.name_scope("inner"):
        names.append(tf.compat.v1.get_default_graph().get_name_scope())
    return tf.constant(0)
names = []
scoped()
with tf.name_scope("eager"):
    names.append(tf.compat.v1.get_default_graph().get_name_scope())
names""",
    "signatures of composites": """
@tf.function(input_signature=[tf.RaggedTensorSpec([None, None], tf.float32), tf.TensorSpec([None, 3])])
def ragged(a, b):
    seen.append(str(b).split("shape=")[1])
    return a.flat_values
@tf.function(input_signature=[tf.OptionalSpec(tf.TensorSpec([], tf.int32)), tf.TensorSpec([None])])
def optional(o, b):
    seen.append(str(b).split("shape=")[1])
    return o.get_value() if o.has_value() else -1
seen = []
spec = tf.TensorSpec([], tf.int32)
[
    ragged(tf.ragged.constant([[1.0], [2.0, 3.0]]), tf.ones([2, 3])),
    optional(tf.experimental.Optional.from_value(5), tf.ones([2])), optional(tf.experimental.Optional.empty(spec), tf.ones([2])),
    seen[:2],
]""",
    "no hash": """
def text(f):
    try:
        return f()
    except TypeError as e:
        return str(e)[:70]
[text(lambda: {tf.constant(1)}), text(lambda: {tf.Variable(1)}), text(lambda: {tf.constant(1): 2})]""",
    "dispatch without a name": """
class Metres(tf.experimental.ExtensionType):
    value: tf.Tensor
@tf.experimental.dispatch_for_api(tf.abs, {"x": Metres})
def absolute(x):
    return Metres(tf.abs(x.value))
answers = [tf.abs(Metres(-5)).value, tf.abs(Metres(-6), name="six").value]
tf.experimental.unregister_dispatch_for(absolute)
answers""",
    "batches of extension types": """
class Masked(tf.experimental.BatchableExtensionType):
    values: tf.Tensor
    mask: tf.Tensor
class Network(tf.experimental.BatchableExtensionType):
    shape: tf.TensorShape
    work: tf.Tensor
    def __init__(self, work):
        self.work = tf.convert_to_tensor(work)
        self.shape = self.work.shape[:-1]
spec = Masked.Spec(tf.TensorSpec([3], tf.int32), tf.TensorSpec([3], tf.bool))
rows = lambda: (Masked(list(range(i, i + 3)), [j % i != 0 for j in range(3)]) for i in range(2, 5))
made = tf.data.Dataset.from_generator(rows, output_signature=spec)
sliced = tf.data.Dataset.from_tensor_slices(Masked([[1, 2], [3, 4], [5, 6]], [[True, False]] * 3))
networks = Network([[1.0, 2.0], [3.0, 4.0]])
doubled = tf.map_fn(lambda n: Network(n.work * 2), networks)
[
    [x.values for x in made.batch(2)], [x.mask for x in made.batch(2).unbatch()],
    [x.values for x in sliced], [x.values for x in sliced.batch(2)], [x.values for x in sliced.batch(2, True)],
    [[n.shape.as_list(), n.work] for n in tf.data.Dataset.from_tensor_slices(networks)],
    [n.work for n in tf.data.Dataset.from_tensor_slices(networks).batch(2)], doubled.work, doubled.shape.as_list(),
    tf.map_fn(lambda n: tf.reduce_sum(n.work), networks, fn_output_signature=tf.float32),
    tf.map_fn(lambda m: Masked(m.values + 1, m.mask), Masked([[1, 2], [3, 4]], [[True, False]] * 2)).values,
]""",
    "concrete functions of extension types": """
class Pastry(tf.experimental.ExtensionType):
    sweetness: tf.Tensor
    chewiness: tf.Tensor
    sort: str = "plain"
@tf.function
def combined(x):
    return (x.sweetness + x.chewiness) / 2
cookie = Pastry([1.2, 0.4], [0.8, 0.2])
exact = Pastry.Spec(tf.TensorSpec([2]), tf.TensorSpec([2]), "plain")
open_ = Pastry.Spec(tf.TensorSpec([None]), tf.TensorSpec([None]), "plain")
[
    combined.get_concrete_function(exact)(cookie), combined.get_concrete_function(open_)(Pastry([1.0], [2.0])),
    combined.get_concrete_function(cookie)(cookie),
]""",
    "sizes_of_mixed_types": """
def said(f):
    try:
        return f().shape
    except Exception as e:
        return type(e).__name__, str(e)[:40] if isinstance(e, ValueError) else ""
x = tf.ones([6])
[
    said(lambda: tf.reshape(x, (2, "a"))), said(lambda: tf.zeros((2, "a"))), said(lambda: tf.fill((2, "a"), 1.0)), said(lambda: tf.broadcast_to(x, (2, "a"))),
    said(lambda: tf.reshape(x, ("a", "b"))), said(lambda: tf.reshape(x, "ab")), said(lambda: tf.reshape(x, (2, 3.0))),
]""",
    "datasets_that_count_in_variables": """
count = tf.Variable(0)
def numbered(x):
    start = count.read_value()
    return tf.range(start, count.assign_add(tf.shape(x)[0])), x
dataset = tf.data.Dataset.from_tensor_slices(tf.zeros([7, 2])).batch(3).map(numbered)
spec = dataset.element_spec[0]
before = count.numpy()
first = [rows.numpy().tolist() for rows, _ in dataset]
second = dataset.reduce(0, lambda total, element: total + tf.reduce_sum(element[0]))
[spec.dtype, before, first, second, count]""",
    "objects_in_arrays": """
def told(*values):
    try:
        tf.constant(np.array(values, object))
    except Exception as e:
        return type(e).__name__, str(e)
    return "no error"
[told(1, 0.5), told(0.5, 1), told("a", 0.5, 1), told(True, 1, 0.5), told(b"a", None), told({}, 1)]""",
}
