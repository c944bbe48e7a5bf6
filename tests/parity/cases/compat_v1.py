"""tf.compat.v1: what of it runs eagerly, under its old names and with its old arguments."""

_V1 = "v1 = tf.compat.v1\nx = tf.reshape(tf.sin(tf.range(48.0)), [1, 4, 4, 3])\n"

CASES = {
    name: _V1 + program.strip("\n")
    for name, program in {
        "arrays": """
[v1.div(7, 2), v1.div(7.0, 2.0), v1.div([-7, 7], 2), v1.clip_by_average_norm([3.0, 4.0], 1.0),
 v1.batch_gather([[1, 2, 3], [4, 5, 6]], [[2, 0], [1, 1]]), v1.setdiff1d([1, 2, 3, 4, 2], [2, 4]),
 v1.setdiff1d([1, 2], [2], index_dtype=tf.int64)[1], v1.reverse_v2([1, 2, 3], [0]), v1.to_complex64(1.0),
 v1.batch_to_space(tf.ones([4, 1, 1, 1]), [[0, 0], [0, 0]], 2), v1.space_to_batch(tf.ones([1, 2, 2, 1]), [[0, 0], [0, 0]], 2),
 v1.batch_to_space_nd(tf.ones([4, 1, 1, 1]), [2, 2], [[0, 0], [0, 0]]), v1.accumulate_n([[1, 2], [3, 4]]),
 v1.tensor_scatter_add([1, 1], [[0]], [5]), v1.tensor_scatter_sub([1, 1], [[0]], [5]), v1.tensor_scatter_update([1, 1], [[0]], [5]),
 v1.is_numeric_tensor(tf.constant(1)), v1.is_non_decreasing([1, 1]), v1.is_strictly_increasing([1, 1]), v1.user_ops.my_fact()]""",
        "variables": """
w, c = tf.Variable(tf.zeros([2, 3])), tf.Variable(1)
v1.batch_scatter_update(w, [[0, 2], [1, 1]], [[1.0, 2.0], [3.0, 3.0]])
[w, v1.count_up_to(c, 3), c, v1.all_variables(), v1.no_regularizer(w),
 v1.train.global_step(None, tf.Variable(3, dtype=tf.int64)), v1.train.assert_global_step(tf.Variable(1))]""",
        "versions": "[v1.__version__, v1.__git_version__, v1.__compiler_version__, v1.VERSION, v1.GIT_VERSION]",
        "counted_to_its_limit": "v1.count_up_to(tf.Variable(3), 3)",
        "sparse": """
s = tf.SparseTensor([[0, 1], [1, 0]], [1.0, 2.0], [2, 3])
i = tf.SparseTensor([[0, 1], [1, 0]], [2, 0], [2, 3])
dense = tf.sparse.to_dense
[v1.sparse_to_dense([1, 3], [5], 9), v1.sparse_to_dense([[0, 1]], [2, 2], [3.0], -1.0), dense(v1.sparse_add(s, s)),
 dense(v1.sparse_merge(i, s, 4)), dense(v1.sparse_reduce_sum_sparse(s, axis=1, keep_dims=True)),
 dense(v1.sparse_reduce_max_sparse(s, reduction_axes=0)), v1.sparse.reduce_sum(s, 1), dense(v1.sparse_maximum(s, s)),
 [dense(p) for p in v1.sparse_split(sp_input=s, num_split=2, axis=0)], v1.sparse_to_indicator(i, 4),
 v1.sparse_segment_sum([[1.0], [2.0], [3.0]], [0, 2], [0, 1]), v1.sparse_segment_mean([[1.0], [2.0]], [0, 1], [0, 0]),
 v1.sparse.matmul(s, tf.ones([3, 1])), v1.SparseTensorValue([[0]], [1], [1]),
 dense(v1.convert_to_tensor_or_sparse_tensor(v1.SparseTensorValue([[0]], [1], [2]))),
 v1.convert_to_tensor_or_sparse_tensor([1, 2]), v1.convert_to_tensor_or_indexed_slices([1.0])]""",
        "strings": """
dense = lambda s: (s.indices, s.values, s.dense_shape)
[*dense(v1.string_split(["a b", " c"])), *dense(v1.string_split(["a,b;c"], ",;")), *dense(v1.string_split(["abc"], "")),
 v1.string_split(["a  b"], skip_empty=False, result_type="RaggedTensor"), *dense(v1.strings.split(["a b", "c"])),
 v1.strings.split(["a b"], result_type="RaggedTensor"), v1.reduce_join([["a", "b"], ["c", "d"]], 1),
 v1.reduce_join([["a", "b"]], keep_dims=True, reduction_indices=[0, 1]), v1.string_to_hash_bucket(["a"], 10),
 v1.string_to_hash_bucket_fast(["a"], 10), v1.strings.to_number(string_tensor=["1.5"])]""",
        "images": """
i = v1.image
[i.resize_images(x, [7, 3]), i.resize_images(x, [2, 9], i.ResizeMethod.BICUBIC), i.resize_images(x[0], [2, 2], 1),
 i.resize_images(x, [3, 2], 3), i.resize(x, [6, 6], align_corners=True), i.resize(x, [8, 9], preserve_aspect_ratio=True),
 i.resize_images(x, [4, 4]), i.resize_bilinear(x, [3, 5]), i.resize_bilinear(x, [3, 5], half_pixel_centers=True),
 i.resize_bicubic(x, [3, 5], align_corners=True), i.resize_bicubic(x, [7, 5], half_pixel_centers=True),
 i.resize_nearest_neighbor(x, [3, 5]), i.resize_area(x, [2, 2]), i.resize_image_with_crop_or_pad(x, 2, 6),
 i.resize_image_with_pad(x, 6, 3), i.transpose_image(x), i.crop_and_resize(x, [[0.0, 0.0, 1.0, 0.5]], [0], [2, 2]),
 i.crop_and_resize(x, [[0.0, 0.0, 1.0, 0.5]], box_ind=[0], crop_size=[2, 2]), v1.extract_image_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"),
 i.extract_glimpse(x, [2, 2], [[0.0, 0.0]])]""",
        "nn": """
n = v1.nn
k = tf.reshape(tf.cos(tf.range(24.0)), [2, 2, 3, 2])
d = tf.reshape(tf.cos(tf.range(12.0)), [2, 2, 3, 1])
[n.convolution(x, k, "SAME"), n.convolution(x, k, "VALID", strides=[2, 2]), n.conv2d_transpose(x[..., :2], k, [1, 8, 8, 3], [1, 2, 2, 1]),
 n.conv1d(x[0], k[0], 1, "SAME"), n.depthwise_conv2d(x, d, [1, 1, 1, 1], "SAME", rate=[2, 2]), n.depthwise_conv2d_native(x, d, [1, 1, 1, 1], "VALID"),
 n.depthwise_conv2d_native_backprop_input([1, 4, 4, 3], d, tf.ones([1, 3, 3, 3]), [1, 1, 1, 1], "VALID"),
 n.depthwise_conv2d_native_backprop_filter(x, [2, 2, 3, 1], tf.ones([1, 3, 3, 3]), [1, 1, 1, 1], "VALID"),
 n.separable_conv2d(x, d, tf.ones([1, 1, 3, 2]), [1, 1, 1, 1], "SAME"), n.conv2d_backprop_input([1, 4, 4, 3], k, tf.ones([1, 4, 4, 2]), [1, 1, 1, 1], "SAME"),
 n.conv2d_backprop_filter(x, [2, 2, 3, 2], tf.ones([1, 4, 4, 2]), [1, 1, 1, 1], "SAME"),
 n.pool(x, [2, 2], "MAX", "VALID", strides=[2, 2]), n.max_pool_v2(x, 2, 2, "SAME"), n.avg_pool2d(x, 2, 2, "SAME"),
 n.max_pool_with_argmax(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"), n.erosion2d(x, d[..., 0], [1, 1, 1, 1], [1, 1, 1, 1], "SAME"),
 n.dilation2d(x, d[..., 0], [1, 1, 1, 1], [1, 1, 1, 1], "SAME"), n.crelu(x[0, 0]), n.in_top_k([[0.1, 0.9]], [1], 1),
 n.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0]], logits=[[1.0, 2.0]], dim=-1), n.xw_plus_b([[1.0, 2.0]], [[1.0], [1.0]], [3.0]),
 n.relu_layer([[1.0, -4.0]], [[1.0], [1.0]], [1.0]), n.space_to_depth(x, 2), n.dropout(tf.ones([3]), keep_prob=1.0), n.dropout(tf.ones([3]), rate=0.0),
 n.weighted_moments(x, [0, 1, 2], 2.0, keep_dims=True), n.sufficient_statistics(x, [0, 1], keep_dims=True),
 n.batch_norm_with_global_normalization(x, tf.zeros(3), tf.ones(3), tf.zeros(3), tf.ones(3), 0.1, True)]""",
        "fused_batch_norm": """
n = v1.nn
a, b = tf.constant([1.0, 2.0, 3.0]), tf.constant([0.1, 0.2, 0.3])
[n.fused_batch_norm(x, a, b), n.fused_batch_norm(x, a, b, b, a, is_training=False), n.fused_batch_norm(x, a, b, b, a, exponential_avg_factor=0.3)]""",
        "fused_batch_norm_without_statistics": "v1.nn.fused_batch_norm(x, tf.ones(3), tf.ones(3), is_training=False)",
        "dropout_without_a_rate": "v1.nn.dropout(x)",
        "recurrent@k2": """
cell = tf.keras.layers.LSTMCell(2, kernel_initializer="ones", recurrent_initializer="ones")
other = tf.keras.layers.GRUCell(2, kernel_initializer="ones", recurrent_initializer="ones")
y = x[0]
n = v1.nn
[n.dynamic_rnn(cell, y, dtype=tf.float32), n.dynamic_rnn(other, y, sequence_length=[1, 4, 2, 0], dtype=tf.float32),
 n.dynamic_rnn(other, y, initial_state=tf.ones([4, 2]), time_major=True),
 n.bidirectional_dynamic_rnn(other, other, y, sequence_length=[1, 4, 2, 3], dtype=tf.float32),
 n.static_rnn(other, tf.unstack(y), dtype=tf.float32), n.static_bidirectional_rnn(other, other, tf.unstack(y), dtype=tf.float32)]""",
        "initializers": """
i = v1.initializers
[v1.zeros_initializer()([2]), v1.ones_initializer(tf.int32)([2]), v1.constant_initializer(3)([2]), v1.constant_initializer([1, 2], tf.int32)([2]),
 i.identity(2.0)([2, 3]), v1.random_normal_initializer(seed=1)([4]), v1.random_uniform_initializer(seed=1)([4]), v1.truncated_normal_initializer(seed=1)([4]),
 v1.random_uniform_initializer(-2.0, 2.0, seed=1, dtype=tf.float64)([4]), v1.uniform_unit_scaling_initializer(seed=1)([4, 2]),
 v1.variance_scaling_initializer(2.0, "fan_avg", "uniform", seed=1)([4, 2]), v1.variance_scaling_initializer(seed=1)([4, 2]),
 v1.glorot_uniform_initializer(seed=1)([4, 2]), v1.glorot_normal_initializer(seed=1)([3, 3, 4, 2]), i.he_normal(seed=1)([4, 2]), i.lecun_uniform(seed=1)([4, 2]),
 v1.glorot_uniform_initializer(seed=1).get_config(), v1.random_normal_initializer(seed=1).get_config(), v1.zeros_initializer().get_config(),
 v1.random_normal_initializer.from_config({"mean": 1.0, "stddev": 0.0})([2])]""",
        "orthogonal_initializer": """
q = v1.orthogonal_initializer(2.0, seed=1)([3, 4])
[tf.round(tf.matmul(q, q, transpose_b=True) * 1000) / 1000, q.shape, v1.orthogonal_initializer().get_config()]""",
        "orthogonal_initializer_of_a_vector": "v1.orthogonal_initializer()([3])",
        "losses": """
y, p = tf.constant([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]]), tf.constant([[0.2, 0.9, -0.5], [0.6, 0.3, 2.0]])
L = v1.losses
[L.cosine_distance(y, p, 1), L.cosine_distance(y, p, dim=1, weights=2.0), L.hinge_loss(y, p), L.hinge_loss(y, p, [[1.0], [0.0]]),
 L.mean_pairwise_squared_error(y, p), L.mean_pairwise_squared_error(y, p, 2.0), L.mean_pairwise_squared_error(y, p, [[1.0], [0.0]]), L.get_regularization_loss()]""",
        "optimizers": """
def steps(optimizer):
    w, rows = tf.Variable([1.0, -2.0]), tf.Variable([[1.0], [3.0], [5.0]])
    loss = lambda: tf.reduce_sum(w * w) + tf.reduce_sum(tf.nn.embedding_lookup(rows, [0, 1]) ** 2)
    for _ in range(3):
        optimizer.minimize(loss, var_list=[w, rows])
    return w, rows, optimizer.get_slot_names()
t = v1.train
[steps(t.AdadeltaOptimizer(0.5)), steps(t.FtrlOptimizer(0.1)), steps(t.ProximalGradientDescentOptimizer(0.1, 0.1, 0.2)),
 steps(t.ProximalAdagradOptimizer(0.1, l1_regularization_strength=0.3, l2_regularization_strength=0.2)),
 steps(t.FtrlOptimizer(0.1, l1_regularization_strength=0.3, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.1))]""",
        "schedules": """
t = v1.train
step = tf.Variable(7)
[t.cosine_decay(0.1, step, 20)(), t.cosine_decay(0.1, 30, 20, alpha=0.2)(), t.cosine_decay_restarts(0.1, step, 5)(), t.inverse_time_decay(0.1, step, 2, 0.5)(),
 t.inverse_time_decay(0.1, step, 2, 0.5, staircase=True)(), t.natural_exp_decay(0.1, step, 2, 0.5)(), t.linear_cosine_decay(0.1, step, 20)()]""",
        "refused_metrics": "v1.metrics.accuracy([1], [1])",
        "refused_queues": "v1.train.string_input_producer(['a'])",
        "refused_readers": "v1.WholeFileReader()",
        "refused_writers": "v1.summary.FileWriter('x')",
        "refused_merging": "v1.summary.merge_all()",
        "refused_saver": "v1.train.Saver()",
        "refused_iterator": "v1.data.make_initializable_iterator(tf.data.Dataset.range(2))",
        "summary": "v1.summary.scalar('a', 1.0)",
        "saver": """
import tempfile, os
folder = tempfile.mkdtemp()
w = tf.Variable([1.0, 2.0], name="w")
saver = v1.train.Saver([w], max_to_keep=2)
paths = [os.path.basename(saver.save(None, os.path.join(folder, "m"), global_step=n)) for n in range(3)]
w.assign([0.0, 0.0])
saver.restore(None, tf.train.latest_checkpoint(folder))
reader = v1.train.NewCheckpointReader(os.path.join(folder, "m-2"))
v = tf.Variable([0.0, 0.0])
v1.train.init_from_checkpoint(folder, {"w": v})
[paths, w, v, reader.get_variable_to_shape_map(), reader.get_tensor("w"), v1.train.checkpoint_exists(os.path.join(folder, "m-0")),
 [os.path.basename(p) for p in saver.last_checkpoints]]""",
        "records": """
import tempfile, os
path = os.path.join(tempfile.mkdtemp(), "r")
with v1.python_io.TFRecordWriter(path) as w:
    w.write(b"a"); w.write(b"b")
list(v1.python_io.tf_record_iterator(path))""",
        "messages": """
from tensorflow.core.framework import attr_value_pb2, graph_pb2, node_def_pb2, summary_pb2, types_pb2
from tensorflow.core.util import event_pb2
g = v1.GraphDef()
n = g.node.add(name="a", op="Const")
n.attr["x"].i = 3
g2 = graph_pb2.GraphDef.FromString(g.SerializeToString())
s = v1.Summary(value=[v1.Summary.Value(tag="t", simple_value=2.0)])
[g2.node[0].attr["x"].i, n.attr["x"].WhichOneof("value"), s.SerializeToString(), s.value[0].WhichOneof("value"), types_pb2.DT_FLOAT, types_pb2.DT_INT64,
 attr_value_pb2.AttrValue(s=b"q").s, event_pb2.Event(step=3).step, node_def_pb2.NodeDef(name="b").name]""",
        "namespaces": """
[v1.spectral.fft([1.0 + 0j, 2.0]), v1.sets.set_size(tf.SparseTensor([[0, 0]], [1], [1, 2])), v1.manip.roll([1, 2, 3], 1, 0), v1.manip.reverse([1, 2], [0]),
 v1.manip.gather_nd([1, 2], [[1]]), v1.math.softmax([1.0, 2.0], dim=0), v1.math.abs(-1), v1.math.special.dawsn(1.0), v1.dtypes.as_string(3),
 v1.linalg.matmul([[1]], [[2]]), v1.debugging.assert_all_finite([1.0], "m"), v1.verify_tensor_all_finite([1.0], "m"),
 v1.saved_model.signature_constants.PREDICT_INPUTS, v1.saved_model.tag_constants.TRAINING, v1.VERSION, v1.GRAPH_DEF_VERSION_MIN_CONSUMER,
 v1.random.get_seed(3)[1], v1.fixed_size_partitioner(2)(shape=tf.TensorShape([4, 2]), dtype=tf.float32), v1.ragged.constant_value([[1], [2, 3]]).to_list()]""",
        "hooks": """
class Hook(v1.train.SessionRunHook):
    def before_run(self, context):
        return v1.train.SessionRunArgs({"a": 1})
t = v1.train.SecondOrStepTimer(every_steps=2)
a = t.should_trigger_for_step(0), t.update_last_triggered_step(0), t.should_trigger_for_step(1), t.should_trigger_for_step(2)
[Hook().before_run(None), Hook().after_run(None, None), a, issubclass(v1.train.LoggingTensorHook, v1.train.SessionRunHook)]""",
        "private_keras": """
from keras.src.utils.python_utils import to_list, remove_long_seq
from keras.src.utils.argument_validation import standardize_tuple
from keras.src.ops.operation_utils import compute_pooling_output_shape, compute_conv_output_shape, broadcast_shapes, reduce_shape
from keras.src.utils.naming import to_snake_case
from keras.src.layers.convolutional.base_conv import BaseConv
from keras.src.models.functional import Functional
from keras.src.backend.common.backend_utils import canonicalize_axis
from tensorflow.python.keras.utils.conv_utils import conv_output_length, deconv_output_length, normalize_data_format, convert_data_format, conv_input_length
from tensorflow.python.keras.utils.generic_utils import has_arg
i = tf.keras.Input([3])
[to_list(1), to_list([1]), remove_long_seq(2, [[1], [1, 2]], [0, 1]), standardize_tuple(2, 2, "strides"),
 compute_pooling_output_shape((1, 5, 4, 3), (2, 2), None), compute_pooling_output_shape((1, 5, None, 3), (2, 2), (1, 1), "same"),
 compute_conv_output_shape((1, 9, 8, 3), 4, (3, 2), (2, 1), dilation_rate=2), broadcast_shapes([5, 3], [1, 3]), reduce_shape([1, 2, 3], [1], True),
 to_snake_case("MyLayer2D"), issubclass(tf.keras.layers.Conv2D, BaseConv), type(tf.keras.Model(i, i)) is Functional, canonicalize_axis(-1, 3),
 [conv_output_length(10, 3, p, 2) for p in ("same", "valid", "full", "causal")], [deconv_output_length(5, 3, p, o, 2) for p in ("same", "valid") for o in (None, 1)],
 normalize_data_format("channels_first"), convert_data_format("channels_last", 4), conv_input_length(5, 3, "valid", 2), has_arg(lambda a, b: 0, "b")]""",
        "private_tensorflow": """
from tensorflow.python.ops import init_ops, variable_scope, ctc_ops, embedding_ops
from tensorflow.python.util import lazy_loader, compat
from tensorflow.python.lib.io import file_io
from tensorflow.python.framework import ops, random_seed
from tensorflow.python.eager import context
from tensorflow.python.training import adam, session_run_hook
from tensorflow.python.saved_model import signature_constants, tag_constants
import tempfile, os
path = os.path.join(tempfile.mkdtemp(), "f")
file_io.write_string_to_file(path, "text")
json = lazy_loader.LazyLoader("json", globals(), "json")
[init_ops.Constant(2.0)([1]), callable(init_ops.GlorotUniform), callable(variable_scope.get_variable), callable(ctc_ops.ctc_loss),
 embedding_ops.embedding_lookup([[1.0], [2.0]], [1]), json.dumps([1]), compat.as_bytes("a"), file_io.read_file_to_string(path), file_io.file_exists(path),
 ops.convert_n_to_tensor([1, 2.0]), random_seed.get_seed(3)[1], context.context().executing_eagerly(), adam.AdamOptimizer.__name__,
 session_run_hook.SessionRunArgs(1), signature_constants.PREDICT_INPUTS, tag_constants.SERVING]""",
        "gradients_in_functions": """
w = tf.Variable(2.0)
@tf.function
def twice(x):
    with tf.GradientTape() as tape:
        y = tf.sin(w * x)
        first = v1.gradients(y, x)[0]
        second = tf.gradients(first, x)[0]
        loss = tf.reduce_sum(second)
    return first, second, tape.gradient(loss, w), v1.hessians(tf.reduce_sum(x ** 3), x)
twice(tf.constant([1.0, 2.0]))""",
        "savers_and_scalars": """
import os, tempfile
from tensorflow.python.lib.io import file_io
folder = tempfile.mkdtemp()
v, flat = tf.Variable([[1.0, 2.0]]), tf.Variable([0.0, 0.0])
saver = v1.train.Saver({"a": v}, max_to_keep=2, pad_step_number=True)
names = [os.path.basename(saver.save(None, os.path.join(folder, "m"), global_step=n)) for n in (3, 4, 5)]
v1.train.Saver({"a": flat}, reshape=True).restore(None, os.path.join(folder, names[-1]))
path = os.path.join(folder, "text")
file_io.atomic_write_string_to_file(path, "one")
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
[names, [os.path.basename(n) for n in saver.last_checkpoints], sorted(n for n in os.listdir(folder) if n.endswith("index")), flat,
 err(lambda: v1.train.Saver({"a": flat}).restore(None, os.path.join(folder, names[-1]))),
 err(lambda: v1.train.Saver({"a": flat}, reshpe=True)), err(lambda: saver.save(None, path + "2", debug=1)),
 v1.assert_scalar(3), v1.debugging.assert_scalar(tf.constant(2.0)), err(lambda: v1.assert_scalar([1])),
 v1.train.cosine_decay(0.5, tf.constant(7), 10, alpha=0.1)(), v1.train.inverse_time_decay(0.5, tf.constant(7), 5, 0.3, True)(),
 err(lambda: file_io.atomic_write_string_to_file(path, "two", overwrite=False)), file_io.read_file_to_string(path)]""",
        "functions_named_as_initializers": """
i = v1.initializers
[v1.constant([1, 2]), v1.constant(3.0, shape=[2, 2]), v1.ones([2]), v1.zeros([2], tf.int32), v1.random_normal([2, 3]).shape, v1.random_uniform([2], maxval=3, dtype=tf.int32).dtype,
 v1.truncated_normal([4]).shape, v1.random.normal([3]).shape, i.constant(2.0)([2]), i.ones()([2]), i.zeros()([2]), i.random_uniform(seed=1)([2]).shape, v1.global_variables(), i.variables([])]""",
        "private_path_of_nobody": "import keras.src.layers.nosuch\n0",
        "private_name_of_nobody": "from tensorflow.python.ops import nosuch_ops\n0",
        "one_loop_variable": """
from tensorflow.python.ops import cond as cond_lib, while_loop as while_lib
less, more, listed = lambda i: i < 10, lambda i: i + 1, lambda i: [i + 1]
yes, one, two = tf.constant(True), lambda: [tf.constant(1)], lambda: [tf.constant(2)]
class T(tf.test.TestCase):
    def runTest(self):
        pass
s = tf.sparse.from_dense([[0, 1], [2, 0]])
places, values, shape = T().evaluate(s)
[
    v1.while_loop(less, more, [0]), v1.while_loop(less, listed, [0]), v1.while_loop(less, listed, [0], return_same_structure=True),
    v1.while_loop(lambda i, j: i < 10, lambda i, j: (i + 1, j), [0, 1]), tf.function(lambda x: v1.while_loop(less, more, [x]))(tf.constant(3)),
    tf.function(lambda x: v1.while_loop(less, listed, [x]))(tf.constant(3)), v1.cond(yes, one, two), v1.cond(yes, one, two, strict=True), v1.cond(yes, fn1=one, fn2=two),
    tf.function(lambda p: v1.cond(p, one, two))(yes), cond_lib.cond(yes, one, two), cond_lib.cond_for_tf_v2(yes, one, two),
 while_lib.while_loop(less, more, [0]), while_lib.while_loop_v2(less, listed, [0]),
    places, values, shape, T().evaluate(lambda: tf.constant(3)),
]""",
        "flags_of_the_command_line": """
from tensorflow.python.platform import flags
v1.app.flags.DEFINE_float("parity_rate", 0.1, "how fast")
flags.DEFINE_string(flag_name="parity_who", default_value="you", docstring="whom")
FLAGS, seen = v1.flags.FLAGS, []
def main(argv):
    seen.extend([argv, FLAGS.parity_rate, FLAGS.parity_who, "parity_rate" in FLAGS, FLAGS["parity_rate"].default])
    FLAGS.parity_who = "them"
    seen.append(flags.FLAGS.parity_who)
try:
    v1.app.run(main, ["x", "--parity_rate=0.5", "left", "--parity_unknown=3"])
except SystemExit as end:
    seen.append(end.code)
seen""",
        "get_variable_of_any_shape": """
one = v1.ones_initializer()
shapes = [3, [2, 1], (2,), tf.TensorShape([1, 2]), []]
[[v1.get_variable(f"v{i}", shape, initializer=one) for i, shape in enumerate(shapes)], v1.get_variable("d", 2).shape]""",
        "placeholders_with_a_default": """
f = tf.function(lambda x: v1.placeholder_with_default(x, None) + v1.placeholder_with_default([1.0], [None]))
[v1.placeholder_with_default([1.0, 2.0], shape=None), v1.placeholder_with_default(3, []), f(tf.constant(2.0))]""",
        "wrap_function": "f = v1.wrap_function(lambda a: a + 1, [tf.TensorSpec([], tf.float32)])\nf(tf.constant(2.0))",
    }.items()
}
