"""The one place where every op passes: it runs, is folded, traced, recorded, and its errors are named."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp
import numpy as np

from kerax.core import config as config  # sets up jax before the first array
from kerax.core import errors, interpreter, memory
from kerax.core import rows as gathered_rows
from kerax.core.context import context
from kerax.core.linkage import linked_inputs
from kerax.core.open_sizes import follow
from kerax.core.value import Tensor

# In a trace, an op whose inputs and result are concrete and no larger than this is computed at once,
# so that arithmetic on shapes stays static and programs hold no large constants.
FOLD_LIMIT = 1024


class Call:
    """An op with its attributes bound: a pure function of arrays, and its compiled forms.

    Args:
      fn: function of arrays, returning a pytree of arrays.
      name: str, the op's name for messages.
      host: bool, whether ``fn`` takes numpy arrays and cannot be compiled.
      differentiable: whether tapes record it; None for an op whose gradient is a LookupError.
      linked: indices of the inputs that its results have a derivative of; None for all.
      rows: for an op that gathers rows of its first input, a function of (indices, count) that gives the numbers of
        these rows: the gradient of the input can then be kept as them alone.
      saves: bool, whether under a tape its forward pass keeps what the backward pass needs: for whole programs, which
        cost more to run again than to remember.
      jaxpr: ``fn`` as a ``jax.extend.core.ClosedJaxpr``, of whole programs.
      whole: bool, whether each result of its gradient counts as following from all inputs, as a ``tf.function``'s.
    """

    __slots__ = (
        "fn",
        "name",
        "host",
        "differentiable",
        "executable",
        "_grads",
        "_constant_size",
        "linked",
        "rows",
        "saves",
        "open",
        "large",
        "whole",
        "links",
        "_forwards",
        "_deferred",
        "_jaxpr",
        "_tables",
        "__weakref__",
    )

    def __init__(
        self,
        fn: Callable[..., Any],
        name: str,
        host: bool = False,
        differentiable: bool | None = True,
        linked: frozenset[int] | None = None,
        rows: Callable[[Any, int], Any] | None = None,
        saves: bool = False,
        whole: bool = False,
        jaxpr: Any = None,
    ) -> None:
        self.fn = fn
        self.name = name
        self.host = host
        self.differentiable = differentiable
        self.linked = linked
        self.rows = rows
        self.executable = fn if host else jax.jit(fn)
        self.saves = saves
        self.whole = whole
        self.links: Links | None = None  # of a gradient: which of its results follow from which inputs
        self.large = False  # whether some result of it is
        self.open = False  # whether an attribute holds a size that is left open: then it is no constant
        self._grads: dict[Any, Call] = {}
        self._forwards: dict[tuple[int, ...], _SavingForward] = {}
        self._constant_size: int | None = None
        self._jaxpr = jaxpr
        self._tables: dict[int, tuple[int, ...]] | None = None
        self._deferred: interpreter.Deferred | None = None

    def run(self, arrays: Sequence[Any]) -> Any:
        """Runs it eagerly: compiled, or, where its shapes are ever new, interpreted."""
        if self.name in interpreter.changing:
            if self._deferred is None:
                self._deferred = interpreter.Deferred(self.fn)
            found = self._deferred.run(arrays)
            if found is not None:
                return found[0]
        before = interpreter.compiles.count
        out = self.executable(*arrays)
        if interpreter.compiles.count != before:
            interpreter.note_compiled(self.name)
            self.large = self.large or memory.is_large(out)
        if self.large:
            jax.block_until_ready(out)
        return out

    def gradient(self, wanted: tuple[int, ...], fed: tuple[int, ...]) -> Call:
        """The op's backward pass as a Call of its own: ``(*inputs, *cotangents) → gradients``.

        Args:
          wanted: indices of the inputs to differentiate.
          fed: indices of the (flat) outputs for which a cotangent is given; the others get zeros.
        """
        key = (wanted, fed)
        found = self._grads.get(key)
        if found is None:
            found = self._grads[key] = Call(self._backward(wanted, fed), f"{self.name}Grad", whole=self.whole)
            found.links = None if self.whole else Links(found.fn)
        return found

    def forward(self, wanted: tuple[int, ...], arrays: Sequence[Any]) -> tuple[Any, Saved] | None:
        """The results, and the pullback to the wanted inputs; None if there is no such thing."""
        if wanted not in self._forwards:
            try:
                self._forwards[wanted] = _SavingForward(self, wanted, arrays)
            except Exception:  # an error of the backward pass is one only when a gradient is asked for
                self.saves = False
                return None
        return self._forwards[wanted](arrays)

    def _backward(self, wanted: tuple[int, ...], fed: tuple[int, ...]) -> Callable[..., Any]:
        def backward(*arrays: Any) -> tuple[Any, ...]:
            count = len(arrays) - len(fed)
            out, pullback = vjp(self.fn, arrays[:count], wanted)
            return apply_pullback(pullback, out, dict(zip(fed, arrays[count:], strict=True)))

        return backward

    def vjp(self, arrays: Sequence[Any], wanted: Sequence[int]) -> tuple[Any, Any]:
        """The results with the pullback to the wanted inputs: to ``Rows``, of tables that are but gathered from."""
        if self._tables is None:
            self._tables = {} if self._jaxpr is None else gathered_rows.tables_of(self._jaxpr.jaxpr)
        if any(index in self._tables for index in wanted):
            return gathered_rows.vjp(self._jaxpr, arrays, wanted, self._tables)
        return vjp(self.fn, arrays, wanted)

    def constant_size(self) -> int:
        """Number of elements of the result of an op without inputs."""
        if self._constant_size is None:
            self._constant_size = sum(leaf.size for leaf in jax.tree.leaves(jax.eval_shape(self.fn)))
        return self._constant_size


def vjp(fn: Callable[..., Any], arrays: Sequence[Any], wanted: Sequence[int]) -> tuple[Any, Any]:
    """Runs ``fn`` and returns its result with the pullback to the wanted inputs."""
    arrays = tuple(arrays)

    def partial(*chosen: Any) -> Any:
        full = list(arrays)
        for index, value in zip(wanted, chosen, strict=True):
            full[index] = value
        return fn(*full)

    return jax.vjp(partial, *[arrays[index] for index in wanted])


class Links:
    """Which results of a function follow differentiably from which inputs; found out when it is first asked.

    Args:
      fn: function of arrays.
    """

    __slots__ = ("_fn", "_found")

    def __init__(self, fn: Callable[..., Any]) -> None:
        self._fn = fn
        self._found: list[frozenset[int]] | None = None

    def of(self, arrays: Sequence[Any]) -> list[frozenset[int]]:
        """For each result the indices of the inputs; ``arrays`` are inputs, for their shapes and dtypes."""
        if self._found is None:
            avals = [jax.ShapeDtypeStruct(array.shape, array.dtype) for array in arrays]
            jaxpr = jax.make_jaxpr(self._fn)(*avals).jaxpr
            self._found = [linked_inputs(jaxpr, [index]) for index in range(len(jaxpr.outvars))]
        return self._found


class Saved:
    """A pullback as the arrays that it holds.

    Args:
      leaves: the arrays.
      tree: what they are the leaves of.
    """

    __slots__ = ("leaves", "tree")

    def __init__(self, leaves: list[Any], tree: Any) -> None:
        self.leaves = leaves
        self.tree = tree

    def pullback(self) -> Any:
        return jax.tree.unflatten(self.tree, self.leaves)


class _SavingForward:
    """A compiled forward pass that returns its result and its pullback; what is an input is not copied.

    Args:
      call: whose forward pass it is.
      wanted: indices of the inputs to differentiate.
      arrays: inputs, for their shapes and dtypes.
    """

    def __init__(self, call: Call, wanted: Sequence[int], arrays: Sequence[Any]) -> None:
        avals = [jax.ShapeDtypeStruct(array.shape, array.dtype) for array in arrays]
        closed, shapes = jax.make_jaxpr(lambda *values: call.vjp(values, wanted), return_shape=True)(*avals)
        jaxpr = closed.jaxpr
        inputs = {id(var): index for index, var in enumerate(jaxpr.invars)}
        self._inputs = [inputs.get(id(var)) for var in jaxpr.outvars]
        computed = [var for var, index in zip(jaxpr.outvars, self._inputs, strict=True) if index is None]
        info = jaxpr.debug_info._replace(arg_names=None, result_paths=None)
        trimmed = jaxpr.replace(outvars=computed, debug_info=info)
        out, pullback = shapes
        self._results, self._tree = jax.tree.structure(out), jax.tree.structure(pullback)
        self._executable = jax.jit(jex.core.jaxpr_as_fun(jex.core.ClosedJaxpr(trimmed, closed.consts)))

    def __call__(self, arrays: Sequence[Any]) -> tuple[Any, Saved]:
        computed = iter(self._executable(*arrays))
        leaves = [next(computed) if index is None else arrays[index] for index in self._inputs]
        count = self._results.num_leaves
        return jax.tree.unflatten(self._results, leaves[:count]), Saved(leaves[count:], self._tree)


def apply_pullback(pullback: Any, out: Any, cotangents: dict[int, Any]) -> tuple[Any, ...]:
    """Applies a pullback to the cotangents of some outputs, in TensorFlow's complex convention."""
    leaves, tree = jax.tree.flatten(out)
    full = []
    for index, leaf in enumerate(leaves):
        given = cotangents.get(index)
        if not jnp.issubdtype(leaf.dtype, jnp.inexact):
            given = np.zeros(leaf.shape, jax.dtypes.float0)
        elif given is None:
            given = jnp.zeros(leaf.shape, leaf.dtype)
        full.append(_conjugate(given))
    return tuple(_conjugate(gradient) for gradient in pullback(jax.tree.unflatten(tree, full)))


def _conjugate(value: Any) -> Any:
    return jnp.conj(value) if jnp.issubdtype(value.dtype, jnp.complexfloating) else value


def dispatch(call: Call, tensors: Sequence[Tensor]) -> Any:
    """Runs a Call on Tensors and wraps its results, in the structure that the op returns.

    Raises:
      errors.InvalidArgumentError: what JAX rejected, run eagerly; ValueError inside a trace.
      errors.Uncompilable: a host op on traced values.
    """
    trace = context.trace
    recorders = context.recorders
    pullback = None
    if trace is None:
        arrays = [tensor._value for tensor in tensors]
    else:
        arrays = [trace.lift(tensor) for tensor in tensors]
    try:
        if call.host:
            out = _run_on_host(call, arrays)
        elif np.ndarray in map(type, arrays) and any(_is_text(array) for array in arrays):
            out = _run_on_codes(call, arrays)
        elif trace is None:
            saved = _run_saving(call, arrays, recorders, tensors) if call.saves and recorders else None
            if saved is not None:
                out = saved[2]
                pullback = saved
            else:
                out = call.run(arrays) if context.device is None else _run_on_device(call, arrays)
        elif _foldable(call, arrays):
            with jax.ensure_compile_time_eval():
                out = call.executable(*arrays)
        else:
            wanted = watched(recorders, tensors) if call.differentiable else ()
            if wanted:
                out, pullback = call.vjp(arrays, wanted)
                pullback = (wanted, pullback, out)
            else:
                out = call.fn(*arrays)
                if call.differentiable is False:  # what tapes do not record has no derivative in a program either
                    out = jax.tree.map(jax.lax.stop_gradient, out)
            if call.rows is not None:
                out = gathered_rows.marked(out, call.rows, *arrays)
    except errors.InvalidArgumentError as error:
        if trace is None:
            raise
        raise ValueError(error.message) from error  # what TensorFlow's graphs raise when they are built
    except (errors.OpError, errors.Uncompilable, errors.OperatorNotAllowedInGraphError):
        raise
    except Exception as error:
        for tensor in tensors:
            tensor._require_in_scope()
        raise _translated(call, error, trace) from error
    result = wrap(out, trace)
    if trace is not None:
        trace.name_results(call.name, result, tensors)
        if any(tensor._sizes is not None for tensor in tensors):
            follow(call, tensors, result)
    if recorders and call.differentiable is not False:
        for recorder in recorders:
            recorder.record(call, tensors, result, pullback)
    return result


def _run_saving(call: Call, arrays: Sequence[Any], recorders: Sequence[Any], tensors: Sequence[Tensor]) -> Any:
    """(indices of the inputs that are watched, pullback, result) of a call, None where nobody asks or none can be."""
    wanted = tuple([index for index in watched(recorders, tensors) if arrays[index].dtype.kind in "fcV"])
    found = call.forward(wanted, arrays) if wanted and context.device is None else None
    return None if found is None else (wanted, found[1], found[0])


def _is_text(array: Any) -> bool:
    return type(array) is np.ndarray and array.dtype == object


def watched(recorders: Sequence[Any], tensors: Sequence[Tensor]) -> tuple[int, ...]:
    """Indices of the inputs that some recorder will want gradients of."""
    if not recorders:
        return ()
    return tuple(
        index for index, tensor in enumerate(tensors) if any(recorder.is_watching(tensor) for recorder in recorders)
    )


def wrap(out: Any, trace: Any) -> Any:
    """Arrays as Tensors, in the same structure."""
    if isinstance(out, (jax.Array, np.ndarray)):
        return Tensor(out, trace)
    if isinstance(out, tuple):
        items = [wrap(item, trace) for item in out]
        return type(out)(*items) if hasattr(out, "_fields") else tuple(items)
    if isinstance(out, list):
        return [wrap(item, trace) for item in out]
    if isinstance(out, dict):
        return {key: wrap(item, trace) for key, item in out.items()}
    if isinstance(out, bytes):  # what numpy makes of a scalar string
        return Tensor(np.array(out, dtype=object), trace)
    if isinstance(out, np.generic):
        return Tensor(np.asarray(out), trace)
    return out


def _foldable(call: Call, arrays: Sequence[Any]) -> bool:
    if call.open:
        return False
    for array in arrays:
        if isinstance(array, jax.core.Tracer) or array.size > FOLD_LIMIT:
            return False
    return bool(arrays) or call.constant_size() <= FOLD_LIMIT


def _run_on_host(call: Call, arrays: Sequence[Any]) -> Any:
    if any(isinstance(array, jax.core.Tracer) for array in arrays):
        raise errors.Uncompilable(f"tf op {call.name}")
    return call.fn(*[array if isinstance(array, np.ndarray) else np.asarray(array) for array in arrays])


def _run_on_codes(call: Call, arrays: Sequence[Any]) -> Any:
    """Runs an op that only moves or compares its elements on byte strings, as uint32 codes.

    Codes follow the strings' order, and code 0 is the empty string, so that comparisons, sorting and
    padding with zeros mean the same on codes.
    """
    is_string = [type(array) is np.ndarray and array.dtype == object for array in arrays]
    texts = [array for array, flag in zip(arrays, is_string, strict=True) if flag]
    pool = sorted({b""}.union(*(array.ravel().tolist() for array in texts)))
    code = {text: index for index, text in enumerate(pool)}
    coded = [
        np.array([code[text] for text in array.ravel().tolist()], np.uint32).reshape(array.shape) if flag else array
        for array, flag in zip(arrays, is_string, strict=True)
    ]
    if any(isinstance(array, jax.core.Tracer) for array in coded):
        raise errors.Uncompilable(f"tf op {call.name} on strings")
    with jax.ensure_compile_time_eval():
        out = call.run(coded)
    table = np.array(pool, dtype=object)
    return jax.tree.map(lambda leaf: table[np.asarray(leaf)] if leaf.dtype == np.uint32 else leaf, out)


def _run_on_device(call: Call, arrays: Sequence[Any]) -> Any:
    with jax.default_device(context.device):
        return call.executable(*[jax.device_put(array, context.device) for array in arrays])


_UNEQUAL = re.compile(r"ncompatible shapes for broadcasting: .*")


def _translated(call: Call, error: Exception, trace: Any) -> BaseException:
    """TensorFlow's exception for what went wrong in an op's body."""
    if isinstance(error, (jax.errors.TracerArrayConversionError, jax.errors.ConcretizationTypeError)):
        return errors.Uncompilable(f"tf op {call.name}")
    out_of_memory = isinstance(error, MemoryError) or (
        isinstance(error, jax.errors.JaxRuntimeError) and memory.ran_out(error)
    )
    if not out_of_memory and _raised_by_kerax(error):
        return error
    message = str(error).splitlines()[0] if str(error) else type(error).__name__
    unequal = _UNEQUAL.search(message)
    found = [] if unequal is None else re.findall(r"\(([\d, ]*)\)", unequal[0])
    if len(found) > 1:
        message = _of_unequal(call, found, trace)
    message = f"{message} [Op:{call.name}] name: "
    if out_of_memory:
        return errors.ResourceExhaustedError(None, None, message)
    if isinstance(error, (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError)):
        return errors.InvalidArgumentError(None, None, message) if trace is None else ValueError(message)
    if isinstance(error, jax.errors.JaxRuntimeError):
        return errors.InternalError(None, None, message)
    return error


def _of_unequal(call: Call, found: list[str], trace: Any) -> str:
    """What TensorFlow says of shapes that do not broadcast."""
    sizes = [[int(size) for size in shape.split(",") if size.strip()] for shape in found]
    shapes = ["[" + ",".join(map(str, shape)) + "]" for shape in sizes]
    if len(shapes) == 3:
        return "condition {}, then {}, and else {} must be broadcastable".format(*shapes)
    if trace is None:
        return f"Incompatible shapes: {' vs. '.join(shapes)}"
    rank = max(map(len, sizes))
    aligned = zip(*([1] * (rank - len(shape)) + shape for shape in sizes), strict=True)
    pair = next(pair for pair in aligned if len({*pair, 1}) > 2)
    node = f"'{{{{node {call.name}}}}} = {call.name}' with input shapes: {', '.join(shapes)}."
    return f"Dimensions must be equal, but are {pair[0]} and {pair[1]} for {node}"


def _raised_by_kerax(error: Exception) -> bool:
    """Whether kerax's own code raised the error on purpose (rather than jax or numpy below it)."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    module = traceback.tb_frame.f_globals.get("__name__", "") if traceback is not None else ""
    return module.split(".")[0] not in ("jax", "jaxlib", "numpy", "contextlib", "functools", "opt_einsum") and (
        module in sys.modules
    )
