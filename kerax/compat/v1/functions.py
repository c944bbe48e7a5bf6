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
betainc          math.betainc           a b x name
bincount         math.bincount          arr weights minlength maxlength dtype
boolean_mask     boolean_mask           tensor mask name axis
case             case                   pred_fn_pairs default exclusive strict= name
ceil             math.ceil              x name
check_numerics   debugging.check_numerics  tensor message name
cholesky         linalg.cholesky        input name
cholesky_solve   linalg.cholesky_solve  chol rhs name
cond             cond                   pred true_fn false_fn strict= name fn1=true_fn fn2=false_fn
confusion_matrix math.confusion_matrix  labels predictions num_classes dtype name weights
conj             math.conj              x name
constant         constant               value dtype shape name verify_shape=
convert_to_tensor convert_to_tensor     value dtype name preferred_dtype=dtype_hint dtype_hint
count_nonzero    math.count_nonzero     input_tensor=input axis keepdims dtype name reduction_indices=axis \
    keep_dims=keepdims input
cross            linalg.cross           a b name
cumprod          math.cumprod           x axis exclusive reverse name
decode_base64    io.decode_base64       input name
decode_raw       io.decode_raw          input_bytes out_type little_endian name bytes=input_bytes
depth_to_space   nn.depth_to_space      input block_size name data_format
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
fft              signal.fft             input name
floor_div        math.floordiv          x y name
floordiv         math.floordiv          x y name
floormod         math.floormod          x y name
foldl            foldl                  fn elems initializer parallel_iterations back_prop swap_memory name
foldr            foldr                  fn elems initializer parallel_iterations back_prop swap_memory name
gather           gather                 params indices validate_indices= name axis batch_dims
gather_nd        gather_nd              params indices name batch_dims bad_indices_policy
global_norm      linalg.global_norm     t_list name
ifft             signal.ifft            input name
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
placeholder_with_default ensure_shape   input=x shape name
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
random_shuffle   random.shuffle         value seed name
random_uniform   random.uniform         shape minval maxval dtype seed name
read_file        io.read_file           filename name
real             math.real              input name
reciprocal       math.reciprocal        x name
reduce_all       math.reduce_all        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_any       math.reduce_any        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_logsumexp math.reduce_logsumexp  input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_max       math.reduce_max        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_mean      math.reduce_mean       input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_min       math.reduce_min        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_prod      math.reduce_prod       input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
reduce_sum       math.reduce_sum        input_tensor axis keepdims name reduction_indices=axis keep_dims=keepdims
regex_replace    strings.regex_replace  input pattern rewrite replace_global name
reverse_sequence reverse_sequence       input seq_lengths seq_axis batch_axis name seq_dim=seq_axis \
    batch_dim=batch_axis
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
shape            shape                  input name out_type
size             size                   input name out_type
space_to_depth   nn.space_to_depth      input block_size name data_format
sparse_concat    sparse.concat          axis sp_inputs name expand_nonconcat_dim=expand_nonconcat_dims \
    concat_dim=axis expand_nonconcat_dims
sparse_reduce_max sparse.reduce_max     sp_input axis keepdims reduction_axes=axis keep_dims=keepdims
sparse_reduce_sum sparse.reduce_sum     sp_input axis keepdims reduction_axes=axis keep_dims=keepdims
sparse_reorder   sparse.reorder         sp_input name
sparse_reshape   sparse.reshape         sp_input shape name
sparse_retain    sparse.retain          sp_input to_retain
sparse_slice     sparse.slice           sp_input start size name
sparse_softmax   sparse.softmax         sp_input name
sparse_tensor_dense_matmul sparse.sparse_dense_matmul sp_a b adjoint_a adjoint_b name
sparse_tensor_to_dense sparse.to_dense  sp_input default_value validate_indices name
sparse_transpose sparse.transpose       sp_input perm name
squared_difference math.squared_difference x y name
squeeze          squeeze                input axis name squeeze_dims=axis
string_join      strings.join           inputs separator name
string_strip     strings.strip          input name
string_to_number strings.to_number      string_tensor=input out_type name input
substr           strings.substr         input pos len name unit
svd              linalg.svd             tensor full_matrices compute_uv name
to_bfloat16      cast                   x name =bfloat16
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
where_v2         where                  condition x y name
while_loop       while_loop             cond body loop_vars shape_invariants parallel_iterations back_prop \
    swap_memory name maximum_iterations return_same_structure=
zeros_like       zeros_like             tensor=input dtype name optimize=
zeta             math.zeta              x q name
image.resize_images image.resize        images size method align_corners= preserve_aspect_ratio name
math.reduce_variance math.reduce_variance input_tensor axis keepdims name
math.reduce_std  math.reduce_std        input_tensor axis keepdims name
nn.avg_pool      nn.avg_pool2d          value=input ksize strides padding data_format name input
nn.conv2d        nn.conv2d              input filter=filters strides padding use_cudnn_on_gpu= data_format \
    dilations name filters
nn.embedding_lookup nn.embedding_lookup params ids partition_strategy= name validate_indices= max_norm
nn.leaky_relu    nn.leaky_relu          features alpha name
nn.log_softmax   nn.log_softmax         logits axis name dim=axis
nn.max_pool      nn.max_pool2d          value=input ksize strides padding data_format name input
nn.moments       nn.moments             x axes shift= name keep_dims=keepdims keepdims
nn.sigmoid_cross_entropy_with_logits nn.sigmoid_cross_entropy_with_logits labels logits name
nn.softmax       nn.softmax             logits axis name dim=axis
nn.softmax_cross_entropy_with_logits_v2 nn.softmax_cross_entropy_with_logits labels logits axis name dim=axis
nn.sparse_softmax_cross_entropy_with_logits nn.sparse_softmax_cross_entropy_with_logits labels logits name
nn.weighted_cross_entropy_with_logits nn.weighted_cross_entropy_with_logits labels logits pos_weight name \
    targets=labels
random.poisson   random.poisson         lam shape dtype seed name
random.stateless_multinomial random.stateless_categorical logits num_samples seed output_dtype=dtype name
saved_model.contains_saved_model saved_model.contains_saved_model export_dir
saved_model.load_v2 saved_model.load    export_dir tags options
strings.length   strings.length         input name unit
strings.substr   strings.substr         input pos len name unit
"""

_ASSERTIONS = {
    "x y": "assert_equal assert_greater assert_greater_equal assert_less assert_less_equal assert_none_equal",
    "x": "assert_negative assert_non_negative assert_non_positive assert_positive",
    "x rank": "assert_rank assert_rank_at_least",
    "x ranks": "assert_rank_in",
}
_GFILE = (
    "Copy=copy DeleteRecursively=rmtree Exists=exists Glob=glob IsDirectory=isdir ListDirectory=listdir "
    "MakeDirs=makedirs MkDir=mkdir Remove=remove Rename=rename Stat=stat GFile=GFile FastGFile=GFile Open=GFile"
)


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
    inner = f"{path}.{name}".removeprefix("tf.compat.v1.")
    key = inner if inner in _ROWS else name if path in _SAME else ""
    return _adapted(inner, *_ROWS[key]) if key in _ROWS else None


def below(path: str) -> set[str]:
    """The names that `lookup` knows in a namespace."""
    if path == "tf.compat.v1.gfile":
        return {pair.partition("=")[0] for pair in _GFILE.split()}
    inside = path.removeprefix("tf.compat.v1").strip(".")
    return {name.rpartition(".")[2] for name in _ROWS if name.rpartition(".")[0] == inside}
