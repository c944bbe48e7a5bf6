"""tf.compat, tf.version and module paths."""

_INSPECTION = """
from tensorflow.python.framework.tensor_spec import BoundedTensorSpec
from tensorflow.python.trackable import base
from tensorflow.python.util import tf_inspect
def f(a, b=2, *, c=3, **kw):
    pass
class Methods:
    def g(self, x, y=1):
        pass
m = Methods()
class Untracked(tf.keras.layers.Layer):
    @tf.__internal__.tracking.no_automatic_dependency_tracking
    def __init__(self):
        super().__init__()
        self.d = tf.keras.Sequential([tf.keras.layers.Dense(2)])
    def call(self, x):
        return self.d(x)
class Partly(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        with base.no_automatic_dependency_tracking_scope(self):
            self.k = tf.keras.layers.Dense(2)
        self.q = [tf.keras.layers.Dense(3)]
    def call(self, x):
        return self.q[0](self.k(x))
untracked, partly = Untracked(), Partly()
untracked(tf.ones([1, 2])), partly(tf.ones([1, 2]))
def said(*arguments):
    try:
        return repr(BoundedTensorSpec(*arguments))
    except ValueError as error:
        return str(error)
v = tf.Variable(1.0)
class Test(tf.test.TestCase):
    def runTest(self):
        pass
evaluated = Test().evaluate([lambda: v.assign_add(1.0), {"a": lambda: [v, v + 1.0]}, None, (lambda: None), (lambda: lambda: v)])
[
    sorted(tf_inspect.getcallargs(f, 1, d=5).items()), sorted(tf_inspect.getcallargs(m.g, 4, training=None)), tf_inspect.getcallargs(Methods.g, m, y=4)["y"],
    len(untracked.weights), len(untracked.d.weights), len(partly.weights), len(partly.k.weights),
    said([None, 2], tf.int32, [1, 2], [3, 4]), said([2], tf.int32, [1, 2, 3], 9), said([2], tf.int32, 1, [1, 2, 3]), said(None, tf.int32, [1, 2], 9),
    evaluated, v.assign_add(1.0).op, tf.compat.v1.scatter_update(tf.Variable([1.0, 2.0]), [0], [3.0]).op,
    type(tf.py_function(lambda: 1, [], (tf.int32,))).__name__, type(tf.numpy_function(lambda: [np.int32(1)] * 2, [], (tf.int32, tf.int32))).__name__,
]"""

CASES = {
    "as_bytes": "[tf.compat.as_bytes('é'), tf.compat.as_bytes(b'x'), tf.compat.as_bytes(bytearray(b'y'))]",
    "as_bytes_encoding": "tf.compat.as_bytes('é', 'latin1')",
    "as_bytes_number": "tf.compat.as_bytes(3)",
    "as_bytes_codec": "tf.compat.as_bytes('x', 'nosuch')",
    "as_text": "[tf.compat.as_text(b'\\xc3\\xa9'), tf.compat.as_str('x'), tf.compat.as_str(b'y')]",
    "as_text_number": "tf.compat.as_text(3)",
    "as_text_invalid": "tf.compat.as_text(b'\\xff')",
    "as_str_any": "[tf.compat.as_str_any(v) for v in (3, None, 'x', b'y', [1])]",
    "path_to_str": "import pathlib\n[tf.compat.path_to_str(pathlib.Path('a') / 'b'), tf.compat.path_to_str('c')]",
    "types": "[isinstance(3, tf.compat.integral_types), isinstance(3.0, tf.compat.integral_types),"
    " isinstance(np.float32(1), tf.compat.real_types), isinstance(1j, tf.compat.complex_types),"
    " isinstance(b'', tf.compat.bytes_or_text_types)]",
    "dimension_value": "[tf.compat.dimension_value(None), tf.compat.dimension_value(3)]",
    "dimension_at_index": "s = tf.TensorShape([2, None])\n[str(tf.compat.dimension_at_index(s, i)) for i in (0, 1, -1)]",
    "dimension_at_index_unknown": "repr(tf.compat.dimension_at_index(tf.TensorShape(None), 1))",
    "forward_compatible": "[tf.compat.forward_compatible(2020, 1, 1), tf.compat.forward_compatible(2999, 1, 1)]",
    "forward_compatibility_horizon": "with tf.compat.forward_compatibility_horizon(2999, 1, 2):\n"
    "    a = tf.compat.forward_compatible(2999, 1, 1)\n"
    "[a, tf.compat.forward_compatible(2999, 1, 1)]",
    "version": "[tf.__version__, tf.version.VERSION, tf.version.GIT_VERSION, tf.version.COMPILER_VERSION,"
    " tf.version.GRAPH_DEF_VERSION, tf.version.GRAPH_DEF_VERSION_MIN_CONSUMER]",
    "keras_version": "import keras\n[keras.__version__, keras.version()]",
    "keras_version@k2": "import tf_keras\ntf_keras.__version__",
    "same_objects": "import keras\nimport tensorflow.keras.layers as layers\n"
    "from tensorflow.keras.layers import Dense\n[Dense is keras.layers.Dense, layers.Dense is Dense]",
    "compat_v2": "from tensorflow.compat import v2\nimport tensorflow.compat.v2 as again\n[v2.add is tf.add, again.add is tf.add]",
    "private_paths": "from tensorflow.python.framework import ops, dtypes\nfrom tensorflow.python.ops import math_ops\n"
    "[ops.convert_to_tensor(1), dtypes.float32 == tf.float32, math_ops.reduce_sum([1, 2])]",
    "private_paths_of_libraries": """
import os, tempfile
import keras
from tensorflow.python.framework import ops
from tensorflow.python.keras import backend_config
path = os.path.join(tempfile.mkdtemp(), "w.h5")
store = keras.src.saving.saving_lib.H5IOStore(path, mode="w")
inner = store.make("a/0")
inner["x"] = tf.Variable([1.0, 2.0])
inner["rank"] = 3
store.close()
store = keras.src.saving.saving_lib.H5IOStore(path, mode="r")
found = [np.array(store.get("a/0")["x"]), int(store.get("a/0")["rank"][()])]
store.close()
lib = keras.src.saving.serialization_lib
with lib.SafeModeScope(True):
    safe = lib.in_safe_mode()
texts = [ops.numpy_text(tf.constant(v), is_repr=r) for v in (2.5, [1, 2], [[1], [2]], b"x") for r in (False, True)]
[found, safe, lib.in_safe_mode(), backend_config.epsilon(), texts, keras.src.utils.image_utils.smart_resize(np.ones((4, 6, 3), "float32"), (2, 2)).shape]""",
    "layers_utils": """
from tensorflow.python.layers import utils
from tensorflow.python.layers.utils import conv_output_length
[conv_output_length(7, 3, "valid", 2), conv_output_length(None, 3, "same", 2), utils.conv_output_length(7, 3, "full", 1, 2),
 utils.conv_input_length(3, 3, "valid", 2), utils.deconv_output_length(3, 3, "valid", 2), utils.deconv_output_length(3, 3, "same", 2),
 utils.normalize_tuple(2, 3, "strides"), utils.convert_data_format("channels_first", 4), utils.normalize_padding("SAME"),
 utils.normalize_data_format("Channels_Last"), utils.constant_value(True), utils.smart_cond(False, lambda: 1, lambda: 2)]""",
    "v1_in_v1": "import tensorflow.compat.v1 as v1\n[v1.compat.v1.add(1, 2), v1.compat.v2.add is tf.add,"
    " v1.compat.as_bytes('x'), v1.compat.v1.logging.ERROR]",
    "v1_logging": "log = tf.compat.v1.logging\n[log.DEBUG, log.INFO, log.WARN, log.ERROR, log.FATAL]",
    "v1_logging_verbosity": "log = tf.compat.v1.logging\nold = log.get_verbosity()\nlog.set_verbosity(log.ERROR)\n"
    "new = log.get_verbosity()\nlog.set_verbosity(old)\n[old, new]",
    "v1_session": "config = tf.compat.v1.ConfigProto()\nconfig.gpu_options.allow_growth = True\n"
    "with tf.compat.v1.Session(config=config) as s:\n    a = s.run([tf.constant(1)])\na",
    "v1_session_without_a_graph": "tf.compat.v1.Session().run(tf.constant(1))",
    "v1_placeholder": "tf.compat.v1.placeholder(tf.float32)",
    "v1_eager": "tf.compat.v1.enable_eager_execution()\ntf.compat.v1.enable_v2_behavior()\n"
    "[tf.compat.v1.executing_eagerly(), tf.compat.v1.executing_eagerly_outside_functions(),"
    " tf.compat.v1.resource_variables_enabled()]",
    "v1_same_names": "[tf.compat.v1.nn.relu is tf.nn.relu, tf.compat.v1.stack is tf.stack,"
    " tf.compat.v1.errors.NotFoundError is tf.errors.NotFoundError]",
    "v1_iterator": "it = tf.compat.v1.data.make_one_shot_iterator(tf.data.Dataset.range(3))\n[next(it), next(it)]",
    "v1_dimension": "D = tf.compat.v1.Dimension\n[repr(D(2) + 3), str(D(None)), D(2) == 2, D(None) == 2, int(D(3)),"
    " repr(D(None) * 2), D(2) < 3, D(2) != D(2), str(D(7) // 2), list(range(D(2)))]",
    "v1_dimension_compatible": """
D = tf.compat.v1.Dimension
try:
    D(3).merge_with(5)
except ValueError as e:
    message = str(e)
[[D(a).is_compatible_with(b) for a in (3, None) for b in (3, 4, None)], str(D(None).merge_with(4)), str(D(3).merge_with(None)), str(D(None).merge_with(None)), message, D(3).assert_is_compatible_with(3)]""",
    "v1_dimension_negative": "tf.compat.v1.Dimension(-1)",
    "missing_attribute": "tf.nosuch",
    "missing_name": "from tensorflow import nosuch\n0",
    "missing_module": "import tensorflow.nosuch\n0",
    "missing_in_keras": "tf.keras.layers.NoSuchLayer",
    "has_no_attribute": "[hasattr(tf, 'nosuch'), hasattr(tf.math, 'nosuch'), getattr(tf.keras, 'nosuch', 5)]",
    "metadata": "import importlib.metadata as m\n[m.version('tensorflow'), m.version('tf_keras'), m.version('keras')]",
    "spec": "import importlib.util as u\n[u.find_spec('tensorflow') is not None, u.find_spec('keras') is not None]",
    "v1_functions_with_old_arguments": """
v1 = tf.compat.v1
x = tf.constant([[1.0, 5.0], [3.0, 2.0]])
[v1.reduce_sum(x, reduction_indices=1, keep_dims=True), v1.argmax(x, dimension=1), v1.to_float(3), v1.nn.softmax(x, dim=0),
 v1.where([True, False], x, -x), v1.squeeze([[1]], squeeze_dims=0), v1.count_nonzero(x, reduction_indices=0),
 v1.assert_equal(1, 1, ["data"]), v1.div_no_nan(1.0, 0.0), v1.math.lgamma(3.0), v1.placeholder_with_default(x, [2, 2])]""",
    "v1_ctc": """
n = tf.compat.v1.nn
labels, x = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1, 0, 1], [2, 2]), tf.reshape(tf.sin(tf.range(18.0)), [3, 2, 3])
many = tf.reshape(tf.sin(tf.range(24.0) * 1.7), [6, 1, 4])
[n.ctc_loss(labels, x, [3, 2]), n.ctc_loss(labels=labels, sequence_length=[2, 3], time_major=False, logits=tf.transpose(x, [1, 0, 2])),
 n.ctc_loss(tf.SparseTensor([[0, 0], [0, 1]], [1, 1], [1, 2]), x[:2, :1], [2], ignore_longer_outputs_than_inputs=True),
 n.ctc_beam_search_decoder(many, [6]), n.ctc_beam_search_decoder(many, [6], top_paths=2, merge_repeated=False),
 n.ctc_beam_search_decoder_v2(many, [6]), n.ctc_loss_v2([[1, 2]], x[:, :1], [2], [3])]""",
    "v1_ctc_of_dense_labels": "tf.compat.v1.nn.ctc_loss(tf.constant([[1]]), tf.zeros([2, 1, 3]), [2])",
    "v1_variables": """
v1 = tf.compat.v1
with v1.variable_scope("outer", initializer=v1.keras.initializers.Ones()):
    w = v1.get_variable("w", [2])
v1.assign(w, [1.0, 2.0])
v1.scatter_add(w, [0], [5.0])
[w, w.name, v1.global_variables(), v1.get_collection(v1.GraphKeys.UPDATE_OPS), isinstance(w, v1.Variable),
 v1.global_variables_initializer(), v1.Variable(1.0, collections=["a"]).numpy()]""",
    "private_nest": """
from tensorflow.python.util import nest
[nest.flatten_up_to([0, 0], [[1, 2], {"a": 3}]), nest.map_structure_up_to({"a": 0}, lambda x, y: (x, y), {"a": [1]}, {"a": [2]}),
 nest.flatten_with_tuple_paths({"b": [1, 2], "a": 3}), list(nest.yield_flat_paths({"b": [1, 2], "a": (3,)})),
 nest.flatten_with_joined_string_paths({"b": [1, 2]}), nest.map_structure_with_paths(lambda p, x: (p, x), [1, (2,)]),
 nest.get_traverse_shallow_structure(lambda s: isinstance(s, list), [1, (2, 3), [4]])]""",
    "private_nest_other_structure": "from tensorflow.python.util import nest\nnest.flatten_up_to([0, 0], [1, 2, 3])",
    "private_smart_cond": """
from tensorflow.python.framework.smart_cond import smart_cond, smart_constant_value
[smart_cond(True, lambda: 1, lambda: 2), smart_cond(tf.constant(False), lambda: 1, lambda: 2), smart_constant_value(0)]""",
    "static_value_of_python_values": "[tf.get_static_value(v) for v in (1, [1, 2], 'a', None, tf.constant(2), tf.Variable(1.0))]",
    "private_gen_ops": "from tensorflow.python.ops import gen_math_ops\n[gen_math_ops.add_v2(1, 2), gen_math_ops.exp(x=0.0)]",
    "star_import": "from tensorflow.keras import *\n[layers.Dense.__name__, callable(Model), optimizers.Adam.__name__]",
    "type_spec_of_ones_own": """
class Spec(tf.TypeSpec):
    value_type = list
    def __init__(self, shape, kind): self.shape_, self.kind = tf.TensorShape(shape), kind
    def _serialize(self): return (self.shape_, self.kind)
    _component_specs = property(lambda self: ())
    def _to_components(self, value): return ()
    def _from_components(self, parts): return []
a, b = Spec([2, None], "a"), Spec([2, 3], "a")
[a == Spec([2, None], "a"), a == b, a.is_compatible_with(b), a.is_compatible_with(Spec([2], "a")), len({a, Spec([2, None], "a")})]""",
    "v1_optimizers": """
v1 = tf.compat.v1
def steps(optimizer):
    w, rows = tf.Variable([1.0, 2.0]), tf.Variable([[1.0], [3.0], [5.0]])
    loss = lambda: tf.reduce_sum(w * w) + tf.reduce_sum(tf.nn.embedding_lookup(rows, [0, 1]) ** 2)
    for _ in range(3):
        optimizer.minimize(loss, global_step=v1.train.get_or_create_global_step(), var_list=[w, rows])
    return w, rows
[steps(v1.train.GradientDescentOptimizer(0.1)), steps(v1.train.AdamOptimizer(0.1)), steps(v1.train.AdagradOptimizer(0.1)),
 steps(v1.train.RMSPropOptimizer(0.1, momentum=0.5, centered=True)), steps(v1.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True)),
 v1.train.get_global_step(), v1.train.polynomial_decay(0.1, 5, 10)()]""",
    "v1_losses": """
v1 = tf.compat.v1
y, p = tf.constant([[0.0, 1.0], [1.0, 0.0]]), tf.constant([[0.2, 0.9], [0.6, 0.3]])
L = v1.losses
[[f(y, p, weights=w, reduction=r) for r in L.Reduction.all() for w in (1.0, [[0.0], [2.0]])
  for f in (L.mean_squared_error, L.huber_loss, L.absolute_difference, L.log_loss, L.sigmoid_cross_entropy)],
 L.softmax_cross_entropy(y, p, label_smoothing=0.1), L.sparse_softmax_cross_entropy([1, 0], p)]""",
    "names_within_tf_name_scopes@k2": """
class Two(tf.keras.layers.Layer):
    def build(self, shape):
        with tf.name_scope("words"):
            self.w = self.add_weight(name="w", shape=())
        self.query = tf.keras.layers.Dense(1, name="query")
        with tf.name_scope(self.query.name):
            self.query.build(shape)
        self.built = True
    def call(self, x):
        return self.query(x)
with tf.name_scope("outer"):
    two = Two(name="two")
    two(tf.ones([1, 3]))
[w.name for w in two.weights]""",
    "models_called_with_integers@k2": """
class Find(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.names = self.add_weight(name="names", dtype=tf.string, shape=(2,), initializer=tf.keras.initializers.Constant("a"), trainable=False)
    def call(self, x):
        return tf.gather(self.names, x)
Find()(tf.constant([1, 0]))""",
    "v1_dataset_shapes": """
d = tf.data.Dataset.from_tensor_slices({"a": [[1, 2]], "b": [1.0]}).batch(2)
D = tf.compat.v1.data
[D.get_output_shapes(d), D.get_output_types(d), str(D.get_output_shapes(d)["a"])]""",
    "lazy_modules": """
from keras.src.utils import module_utils
from keras.src.utils.module_utils import tensorflow as lazy
[lazy.reduce_sum([1, 2]), lazy.available, module_utils.LazyModule("math").sqrt(4.0), module_utils.LazyModule("no_such_module").available, repr(module_utils.tensorflow)]""",
    "patterns_and_assets": """
import tempfile, os
folder = tempfile.mkdtemp()
for name in ("a.txt", "b.txt", "c.py"):
    with open(os.path.join(folder, name), "w") as file:
        file.write(name)
found = tf.io.gfile.glob(os.path.join(folder, p) for p in ("*.py", "a*"))
[[os.path.basename(f) for f in found], tf.io.read_file(tf.saved_model.Asset(found[0]))]""",
    "private_v1_functions": """
from tensorflow.python.framework import sparse_tensor
from tensorflow.python.ops import array_ops, clip_ops, math_ops, random_ops, state_ops, variables
from tensorflow.python.platform import gfile
v = tf.Variable([1.0, 2.0])
[state_ops.assign(v, [3.0, 4.0]), state_ops.assign_sub(v, [1.0, 1.0]), v, random_ops.random_uniform([2]).shape,
 random_ops.random_shuffle([1, 2, 3]).shape, math_ops.div(7, 2), math_ops.to_int32(2.6), math_ops.mul(2, 3),
 math_ops.lin_space(0.0, 1.0, 3), clip_ops.global_norm([tf.constant([3.0, 4.0])]), array_ops.diag([1.0, 2.0]),
 sparse_tensor.SparseTensorValue([[0]], [1], [2]), gfile.Exists("/"), variables.global_variables_initializer()]""",
    "private_ragged": """
from tensorflow.python.ops import sort_ops
from tensorflow.python.ops.ragged import ragged_concat_ops, ragged_conversion_ops, ragged_functional_ops
from tensorflow.python.ops.ragged import ragged_gather_ops, ragged_math_ops, ragged_string_ops, ragged_tensor
from tensorflow.python.ops.ragged import segment_id_ops
r = ragged_conversion_ops.from_tensor([[1, 2], [3, 4]])
[r, ragged_conversion_ops.to_tensor(r), ragged_math_ops.range([2, 3]), ragged_math_ops.reduce_max(r, 1),
 ragged_gather_ops.gather(r, [1]), ragged_functional_ops.map_flat_values(tf.negative, r),
 ragged_concat_ops.concat([r, r], 1), segment_id_ops.row_splits_to_segment_ids([0, 2, 3]), ragged_tensor.is_ragged(r),
 ragged_tensor.convert_to_tensor_or_ragged_tensor([1]), ragged_string_ops.unicode_encode([97, 98], "UTF-8"),
 sort_ops.argsort([3, 1])]""",
    "private_ragged_dtype": """
from tensorflow.python.ops.ragged import ragged_tensor
ragged_tensor.convert_to_tensor_or_ragged_tensor(tf.ragged.constant([[1]]), tf.float32)""",
    "private_shapes": """
from tensorflow.python.ops import array_ops
from tensorflow.python.ops.rnn_cell_impl import _concat
[array_ops.shape_internal([1, 2]), array_ops.get_positive_axis(-1, 3), array_ops.reverse_v2([1, 2], [0]),
 _concat(2, 3), _concat([2], [3, 4], static=True), _concat(tf.constant(2), [3]),
 _concat(tf.constant(2), [3], static=True), _concat(tf.TensorShape([None]), [3], static=True)]""",
    "private_shapes_unknown": "from tensorflow.python.ops.rnn_cell_impl import _concat\n_concat(tf.TensorShape([None]), [3])",
    "private_scopes": """
from tensorflow.python.eager import context
from tensorflow.python.framework import ops
with ops.colocate_with(tf.constant(1)), context.eager_mode(), tf.name_scope("a"), tf.name_scope("b"):
    name = ops.get_name_scope()
[name, context.in_eager_mode(), tf.__internal__.get_name_scope()]""",
    "internal_dispatch": """
dispatch = tf.__internal__.dispatch
@dispatch.add_dispatch_support
def double(x):
    if isinstance(x, str):
        raise TypeError("no")
    return x * 2
class Strings(dispatch.OpDispatcher):
    def handle(self, args, kwargs):
        return self.NOT_SUPPORTED if args[0] == "z" else args[0] + args[0]
Strings().register(double)
[double(1), double("s"), isinstance(Strings(), dispatch.OpDispatcher)]""",
    "internal_dispatch_refuses": """
dispatch = tf.__internal__.dispatch
@dispatch.add_dispatch_support
def double(x):
    raise TypeError("no")
double("z")""",
    "internal_tracking": """
tracking = tf.__internal__.tracking
class Holder(tracking.AutoTrackable):
    @tracking.no_automatic_dependency_tracking
    def __init__(self):
        self.x = tf.Variable(1.0)
merged = tf.__internal__.distribute.interim.maybe_merge_call(lambda s, x: x + 1, tf.distribute.get_strategy(), 3)
[Holder().x, isinstance(Holder(), tracking.Trackable), merged,
 tf.__internal__.distribute.strategy_supports_no_merge_call(), tf.__internal__.ops.is_resource_variable(tf.Variable(1))]""",
    "star_import_of_ops": """
space = {}
exec("from keras.src.ops import *", space)
["relu" in space, "matmul" in space, "Model" in space, "layers" in space]""",
    "private_structures": """
import collections, json
from tensorflow.python.eager import context, def_function
from tensorflow.python.saved_model import nested_structure_coder as coder
from tensorflow.python.util import serialization
Pair = collections.namedtuple("Pair", "b a")
given = {"x": [tf.TensorSpec([None, 2], tf.int32, "q"), (1, 2.5, "s", None, True)], "p": Pair(tf.float32, tf.TensorShape([1, None]))}
found = coder.decode_proto(coder.encode_structure(given))
try:
    refused = coder.encode_structure(object())
except coder.NotEncodableError:
    refused = "refused"
values = {"a": np.float32(2.5), "b": np.arange(3), "c": tf.TensorShape([1, None]), "d": tf.float32, "e": len, "f": ..., "g": tf.keras.layers.Flatten(name="q")}
with tf.device("CPU:0"):
    spec = context.context().device_spec
[
    found == given, found["x"], repr(found["p"]), refused, coder.can_encode(1), coder.can_encode(object()),
    {key: json.loads(json.dumps(value, default=serialization.get_json_type)) for key, value in values.items() if key != "g"},
    serialization.get_json_type(values["g"])["class_name"], spec.device_type, spec.device_index, context.context().device_spec.device_type,
    isinstance(tf.function(lambda x: x), def_function.Function),
]""",
    "private_dropout_cells": """
import keras
from keras.src.layers.rnn.dropout_rnn_cell import DropoutRNNCell
class Cell(DropoutRNNCell, keras.layers.Layer):
    def __init__(self, rate, count=None):
        super().__init__()
        self.state_size = self.output_size = 6
        self.dropout, self.recurrent_dropout, self.dropout_mask_count = rate, 0.0, count
        self.seed_generator = keras.random.SeedGenerator(1)
    def call(self, x, states, training=False):
        masks = self.get_dropout_mask(x) if training else None
        kept = x if masks is None else x * masks if self.dropout_mask_count is None else x * masks[0] + x * masks[1]
        return kept, [states[0] + 1.0]
found = []
for cell in (Cell(0.5), Cell(0.0), Cell(0.5, 2)):
    layer = keras.layers.RNN(cell, return_sequences=True)
    x = tf.ones([2, 5, 6])
    one, two = layer(x, training=True).numpy(), layer(x, training=True).numpy()
    found.append((bool((one == one[:, :1]).all()), bool((one == two).all()), sorted(set(np.unique(one)) | set(np.unique(two))), bool((layer(x) == x).numpy().all())))
    found.append((cell.get_recurrent_dropout_mask(x[:, 0]), cell.dropout == 0 or cell.get_dropout_mask(x[:, 0]) is cell.get_dropout_mask(x[:, 0])))
found""",
    "private_modules_as_attributes": """
import keras.src
class Own:
    @keras.src.utils.tracking.no_automatic_dependency_tracking
    def value(self, x=2):
        "doc"
        return x, keras.src.utils.tracking.is_tracking_enabled()
[Own().value(), Own().value(x=3), Own.value.__doc__, keras.src.utils.tracking.is_tracking_enabled()]""",
    "private_decorators": """
import inspect
from tensorflow.python.util import tf_decorator, tf_inspect
def plus(f):
    return tf_decorator.make_decorator(f, lambda *args, **kwargs: f(*args, **kwargs) + 1)
def named(f):
    spec = inspect.FullArgSpec(["q", "r"], None, "rest", (1,), ["z"], {"z": 3}, {})
    return tf_decorator.make_decorator(f, lambda *args: f(*args) * 2, "named", "its doc", spec)
class Counted(tf_decorator.TFDecorator):
    def __init__(self, target):
        super().__init__("counted", target)
        self.calls = 0
    def __call__(self, *args, **kwargs):
        self.calls += 1
        return super().__call__(*args, **kwargs)
def f(x, y=2):
    "doc"
    return x + y
found = []
for g in (plus(f), named(plus(f)), Counted(plus(f)), f):
    decorators, target = tf_decorator.unwrap(g)
    described = [(d.decorator_name, d.decorator_doc, d.decorator_argspec is None) for d in decorators]
    found.append((g(1), g.__name__, g.__doc__, str(inspect.signature(g)), described, target is f, tf_inspect.getfullargspec(g).args))
found""",
    "private_inspection": _INSPECTION,
    "private_inspection@k2": _INSPECTION,
}
