"""Python's control flow on tensors: diastatic-malt rewrites functions, the operators are ours.

malt is TensorFlow's AutoGraph as a package of its own: it turns ``if``, ``while``, ``for``, ``and`` … into
calls of operators. An operator falls back to python wherever the decision can be made while tracing.
"""

from __future__ import annotations

import functools
import inspect
import os
import traceback
import types
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import control_flow, effects, errors, log, open_sizes
from kerax.core.context import context, quietly
from kerax.core.dispatch import Call, dispatch
from kerax.core.origin import is_own, module_of
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Operators, Tensor

# Packages whose functions are never rewritten, and those where only what is itself given to tf.function is: they do
# not branch on tensors, or know what they do.
_NEVER = {"kerax", "jax", "jaxlib", "malt"}
_LEFT_ALONE = _NEVER | {
    "numpy", "optax", "pandas", "PIL", "matplotlib", "scipy", "h5py", "pyarrow",
    "collections", "functools", "itertools", "contextlib", "inspect", "logging", "threading", "typing", "abc",
    "re", "copy", "os", "pathlib", "warnings", "random", "math", "tensorflow", "keras", "tf_keras", "IPython",
    "pytest", "_pytest", "unittest", "dataclasses", "enum", "time", "datetime", "json", "tensorflow_datasets",
    "rich", "absl", "tqdm", "hypothesis", "tensorflow_probability", "cProfile", "ipdb", "linecache", "mock", "pdb",
    "posixpath", "pstats", "urllib",
}  # fmt: skip

# How iterables of the rooms above are looped over in a trace: type → for_stmt-like function.
FOR_LOOPS: dict[type, Callable[..., Any]] = {}

# What python's builtins are for them: type of the first argument → builtin → function.
OVERLOADS: dict[type, dict[Any, Callable[..., Any]]] = {}


_AS_IS = (
    "AutoGraph could not transform %s and will run it as-is.\n"
    "Please report this to the TensorFlow team. When filing the bug, set the verbosity to 10 (on Linux, `export "
    "AUTOGRAPH_VERBOSITY=10`) and attach the full output.\n"
    "Cause: %s\nTo silence this warning, decorate the function with @tf.autograph.experimental.do_not_convert"
)


@functools.cache
def malt_modules() -> types.SimpleNamespace:
    """malt with our operators, imported when the first function is converted."""
    from malt.core import ag_ctx, converter
    from malt.impl import api, conversion
    from malt.lang import directives
    from malt.operators import function_wrappers, py_builtins, variables
    from malt.pyct import cfg, inspect_utils
    from malt.pyct import errors as malt_errors
    from malt.pyct.static_analysis import activity

    # malt takes the name in ``except Error as name`` for a node, and python's syntax trees have a str there
    for visitor in (cfg.AstToCfg, activity.ActivityAnalyzer):
        visitor.visit_ExceptHandler = _without_name(visitor.visit_ExceptHandler)

    # the name by which users give a loop its options; what they leave out is None
    directives.set_loop_options, directives.UNSPECIFIED = set_loop_options, None

    class ErrorMetadata(api._ErrorMetadata):
        """An error with the stack of the user's own lines; it keeps its class."""

        def create_exception(self, source_error: BaseException) -> BaseException:
            if isinstance(source_error, errors.OpError):
                return type(source_error)(source_error.node_def, source_error.op, self.get_message())
            if isinstance(source_error, (errors.OperatorNotAllowedInGraphError, errors.InaccessibleTensorError)):
                return type(source_error)(self.get_message()).with_traceback(source_error.__traceback__)
            found = super().create_exception(source_error)
            return source_error if isinstance(found, api.StagingError) else found

    class Transpiler(api.PyToPy):
        def get_transformed_name(self, node: Any) -> str:
            return "tf__" + super().get_transformed_name(node).removeprefix("ag__")

        def get_extra_locals(self) -> dict[str, Any]:
            if self._extra_locals is None:
                super().get_extra_locals()
                vars(self._extra_locals["ag__"]).update(_OPERATORS)
            return self._extra_locals

    options = converter.ConversionOptions(
        recursive=True,
        user_requested=True,
        optional_features=(converter.Feature.ASSERT_STATEMENTS, converter.Feature.BUILTIN_FUNCTIONS),
    )
    return types.SimpleNamespace(
        options=options,
        ag_ctx=ag_ctx,
        api=api,
        conversion=conversion,
        converter=converter,
        errors=malt_errors,
        ErrorMetadata=ErrorMetadata,
        inspect_utils=inspect_utils,
        py_builtins=py_builtins,
        scopes=function_wrappers,
        transpiler=Transpiler(),
        variables=variables,
    )


def _without_name(visit: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def visit_handler(self: Any, node: Any) -> Any:
        name, node.name = node.name, None
        try:
            return visit(self, node)
        finally:
            node.name = name

    return visit_handler


def convert(function: Callable[..., Any], explain: bool = True, requested: bool = False) -> Callable[..., Any]:
    """A function whose control flow works on tensors; the same function where that makes no difference.

    Args:
      function: the user's.
      explain: bool, whether the text of an error names the user's lines ("in user code: …").
      requested: bool, whether somebody asked for it, such as a library that decorates a function of its own.
    """
    if _is_artifact(function) or not _could_matter(function, requested):
        return function
    malt = malt_modules()

    @functools.wraps(function)
    def converted(*args: Any, **kwargs: Any) -> Any:
        options = malt.options
        try:
            with malt.ag_ctx.ControlStatusCtx(malt.ag_ctx.Status.ENABLED, options):
                return converted_call(function, args, kwargs, options=options, requested=requested)
        except errors.Uncompilable:
            raise
        except Exception as error:
            if explain and hasattr(error, "ag_error_metadata"):
                raise error.ag_error_metadata.to_exception(error) from None
            raise

    converted.autograph_info__ = None  # type: ignore[attr-defined]
    return converted


def convert_in_trace(function: Callable[..., Any]) -> Callable[..., Any]:
    """For code of kerax that calls a user's function: converted while tracing, unless switched off."""
    if context.trace is None or _disabled():
        return function
    return convert(function)


def _disabled() -> bool:
    malt = malt_modules()
    return malt.ag_ctx.control_status_ctx().status is malt.ag_ctx.Status.DISABLED


def do_not_convert(func: Callable[..., Any] | None = None) -> Any:
    """Leaves a function, and what it calls, as python runs it.

    Args:
      func: the function; None to use this as a decorator with parentheses.
    """
    if func is None:
        return do_not_convert

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return _run_unconverted(func, *args, **kwargs)

    wrapper.autograph_info__ = None  # type: ignore[attr-defined]
    return wrapper


def _run_unconverted(func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    malt = malt_modules()
    with malt.ag_ctx.ControlStatusCtx(malt.ag_ctx.Status.DISABLED):
        return func(*args, **kwargs)


def _is_artifact(function: Any) -> bool:
    return hasattr(function, "autograph_info__")


def _could_matter(function: Any, requested: bool) -> bool:
    """Whether a callable is a user's python function."""
    if isinstance(function, functools.partial):
        return _could_matter(function.func, requested)
    if hasattr(function, "method"):  # a bound method of core.function
        return True
    return callable(function) and _package(function) not in (_NEVER if requested else _LEFT_ALONE)


def _package(function: Any) -> str:
    """The package whose code a callable runs (a wrapper's own, not that of what it wraps)."""
    plain = getattr(function, "__func__", function)
    if hasattr(plain, "__globals__"):
        name = plain.__globals__.get("__name__", "")
    else:
        name = module_of(plain) or module_of(type(plain))
    return name.split(".")[0]


def converted_call(
    function: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any] | None,
    caller_fn_scope: Any = None,
    options: Any = None,
    requested: bool = False,
) -> Any:
    """Calls a function from converted code, converting it first if it is a user's, or requested."""
    malt = malt_modules()
    kwargs = kwargs or {}
    options = options or caller_fn_scope.callopts
    if _is_artifact(function) or malt.ag_ctx.control_status_ctx().status is malt.ag_ctx.Status.DISABLED:
        return function(*args, **kwargs)
    if isinstance(function, functools.partial):
        return converted_call(
            function.func,
            function.args + tuple(args),
            {**function.keywords, **kwargs},
            caller_fn_scope,
            options,
            requested,
        )
    if hasattr(function, "method") and hasattr(function, "instance"):  # a compiled method bound to its object
        instance = function.instance()
        return converted_call(function.method, (instance, *args), kwargs, caller_fn_scope, options, requested)
    if malt.inspect_utils.isbuiltin(function):
        return _call_builtin(malt, function, args, kwargs, caller_fn_scope)
    override = _TRACED_CALLS.get(getattr(function, "__name__", ""))
    if override is not None and is_own(function):
        return override(function, args, kwargs)
    if not _convertible(malt, function, options, requested):
        return function(*args, **kwargs)
    target, full = _target(function, args)
    if target is None:
        return function(*args, **kwargs)
    try:
        converted, source_map = transformed(target, options)
    except malt.errors.PyCTError:
        return function(*args, **kwargs)  # no source, or language that cannot be rewritten: as it stands
    except (OSError, TypeError, ValueError, SyntaxError, IndentationError):
        return function(*args, **kwargs)
    except Exception as error:  # what malt cannot rewrite though it should, such as asserts with a computed message
        log.get_logger().warning(_AS_IS, function, error)
        malt.conversion.cache_allowlisted(function, options)
        return function(*args, **kwargs)
    try:
        return converted(*full, **kwargs)
    except Exception as error:
        _note_user_lines(error, source_map)
        raise


def _note_user_lines(error: Any, source_map: Any) -> None:
    """Adds to an error where in the user's source it passed; frames of kerax and jax are left out."""
    malt = malt_modules()
    metadata = getattr(error, "ag_error_metadata", None)
    message = f"{type(error).__name__}: {error}" if metadata is None else None
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)[1:]
        if not any(f"{os.sep}{package}{os.sep}" in frame.filename for package in ("kerax", "jax", "malt"))
    ]
    try:
        error.ag_error_metadata = malt.ErrorMetadata(frames, metadata, message, source_map, malt.api.__file__)
    except (AttributeError, IndexError):  # an exception without attributes, a frame that is not of the source
        pass


def user_line(error: BaseException) -> str:
    """Where in the user's source an error arose: `` (file, line 3)``, empty if unknown."""
    metadata = getattr(error, "ag_error_metadata", None)
    for frame in metadata.translated_stack if metadata is not None else ():
        return f" ({frame.filename}, line {frame.lineno})"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not any(f"{os.sep}{package}{os.sep}" in frame.filename for package in ("kerax", "jax", "malt")):
            return f" ({frame.filename}, line {frame.lineno})"
    return ""


def transformed(target: Any, options: Any) -> tuple[Callable[..., Any], Any]:
    malt = malt_modules()
    converted, _, source_map = malt.transpiler.transform(target, malt.converter.ProgramContext(options=options))
    return converted, source_map


def _convertible(malt: Any, function: Any, options: Any, requested: bool) -> bool:
    if malt.conversion.is_in_allowlist_cache(function, options):
        return False
    if inspect.isclass(function) or malt.conversion.is_unsupported(function):
        return False
    if _package(function) in (_NEVER if requested else _LEFT_ALONE):
        return False
    return not (inspect.isgeneratorfunction(function) or inspect.iscoroutinefunction(function))


def _target(function: Any, args: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The plain function behind a callable, and the arguments it takes."""
    if inspect.ismethod(function):
        return function.__func__, (function.__self__, *args)
    if inspect.isfunction(function):
        if function.__code__.co_filename == "<string>":
            return None, args
        return function, args
    call = inspect.getattr_static(type(function), "__call__", None)
    if not inspect.isfunction(call) or call.__module__.split(".")[0] in _LEFT_ALONE:
        return None, args
    return call, (function, *args)


def _call_builtin(malt: Any, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], scope: Any) -> Any:
    builtins = malt.py_builtins
    if function is eval:
        return builtins.eval_in_original_context(function, args, scope)
    if function is super:
        return builtins.super_in_original_context(function, args, scope)
    if function is globals:
        return builtins.globals_in_original_context(scope)
    if function is locals:
        return builtins.locals_in_original_context(scope)
    if function is print and _silent():
        return None
    override = _BUILTINS.get(function)
    if override is not None and any(_traced_argument(value) for value in [*args, *kwargs.values()]):
        return override(*args, **kwargs)
    override = _overload(function, args)
    if override is not None and (context.trace is not None or context.uncompiled):
        return override(*args, **kwargs)
    return function(*args, **kwargs)


def _overload(function: Any, args: tuple[Any, ...]) -> Callable[..., Any] | None:
    """What a builtin is for the objects of a room above, None where it is python's."""
    for kind, forms in OVERLOADS.items():
        if args and isinstance(args[0], kind):
            return forms.get(function)
    return None


def _silent() -> bool:
    """Whether what is printed now has been printed before."""
    if context.quiet and context.heard is not None:
        context.heard -= 1
    silent = context.quiet and (context.heard is None or context.heard >= 0)
    context.prints += not silent
    return silent


def _traced_argument(value: Any) -> bool:
    return control_flow.is_traced(value) or (hasattr(value, "_kerax_tensor") and context.trace is not None)


# --- statements -------------------------------------------------------------------------------------------
def if_stmt(cond: Any, body: Any, orelse: Any, get_state: Any, set_state: Any, symbol_names: Any, nouts: int) -> None:
    cond = control_flow.as_condition(cond, "if statement") if _is_tensor(cond) else cond
    if not isinstance(cond, Tensor):
        body() if cond else orelse()
        return
    before = get_state()

    def arm(block: Any) -> Callable[[], Any]:
        def run() -> Any:
            set_state(before)
            block()
            return tuple(get_state()[:nouts])

        return run

    try:
        after = control_flow.branch(cond, [arm(body), arm(orelse)], tuple(symbol_names[:nouts]))
    finally:
        set_state(before)
    set_state((*after, *before[nouts:]))


def while_stmt(test: Any, body: Any, get_state: Any, set_state: Any, symbol_names: Any, opts: Any) -> None:
    limit = opts.get("maximum_iterations")
    verdict = test()
    rounds = 0
    while not (_is_tensor(verdict) and control_flow.is_traced(_tensor(verdict))):
        if not verdict or (_is_tensor(verdict) and limit is not None and rounds >= limit):
            return
        with quietly(rounds > 0 and context.uncompiled and _is_tensor(verdict)):
            body()
        rounds += 1
        verdict = test()
    if limit is not None:
        opts = {**opts, "maximum_iterations": limit - rounds}
    _staged_loop(test, body, get_state, set_state, symbol_names, opts)


def _staged_loop(
    test: Any, body: Any, get_state: Any, set_state: Any, symbol_names: Any, opts: Any, count: int | None = None
) -> None:
    def run_test(*values: Any) -> Any:
        set_state(values)
        return test()

    def run_body(*values: Any) -> Any:
        set_state(values)
        body()
        return tuple(get_state())

    before = get_state()
    relaxed = bool(opts.get("shape_invariants"))
    try:
        after = control_flow.loop(
            None if test is None else run_test,
            run_body,
            before,
            symbol_names,
            count=count,
            limit=opts.get("maximum_iterations"),
            relaxed=relaxed,
        )
    finally:
        set_state(before)
    set_state(after)


def for_stmt(
    iter_: Any, extra_test: Any, body: Any, get_state: Any, set_state: Any, symbol_names: Any, opts: Any
) -> None:
    if isinstance(iter_, Range) or (_is_tensor(iter_) and context.trace is not None and _staged(iter_)):
        _for_in_trace(iter_, extra_test, body, get_state, set_state, symbol_names, opts)
        return
    handler = next((found for kind, found in FOR_LOOPS.items() if isinstance(iter_, kind)), None)
    if handler is not None and context.trace is not None:
        handler(iter_, extra_test, body, get_state, set_state, symbol_names, opts)
        return
    once = context.uncompiled and (_is_tensor(iter_) or _overload(enumerate, (iter_,)) is not None)
    if extra_test is not None and not _known(extra_test()):
        return
    for rounds, item in enumerate(iter_):
        with quietly(once and rounds > 0):  # a loop that TensorFlow compiles prints as its body is traced
            body(item)
        if extra_test is not None and not _known(extra_test()):
            return


def _staged(iter_: Any) -> bool:
    """Loops over tensors are compiled, known or not: python would unroll them."""
    _len_builtin(iter_)
    return True


def _known(value: Any) -> bool:
    if _is_tensor(value) and control_flow.is_traced(_tensor(value)):
        raise errors.Uncompilable("a python loop left at a point that only a run can tell")
    return bool(value)


def _for_in_trace(
    iter_: Any, extra_test: Any, body: Any, get_state: Any, set_state: Any, symbol_names: Any, opts: Any
) -> None:
    """A loop over a tensor's rows or a range: a counter joins the loop variables."""
    if isinstance(iter_, Range):
        count, pick = iter_.length(), iter_.element
    else:
        rows = _tensor(iter_)
        count = rows.shape[0]

        def pick(index: Tensor) -> Any:
            return OPERATORS["getitem"](rows, index)

    counter: list[Any] = [convert_to_tensor(0)]
    if isinstance(count, int) and count == 0:
        return

    def all_state() -> tuple[Any, ...]:
        return (counter[0], *get_state())

    def set_all(values: Any) -> None:
        counter[0] = values[0]
        set_state(tuple(values[1:]))

    def step() -> None:
        index = counter[0]
        body(_bounded(pick(index), None if isinstance(iter_, Range) else rows))
        counter[0] = dispatch(_NEXT, [index])

    def more() -> Any:
        inside = dispatch(_BELOW, [counter[0], convert_to_tensor(count)])
        if extra_test is None:
            return inside
        verdict = extra_test()
        return dispatch(_BOTH, [inside, convert_to_tensor(verdict)])

    static = isinstance(count, int) and extra_test is None
    names = ("<counter>", *symbol_names)
    _staged_loop(None if static else more, step, all_state, set_all, names, opts, count if static else None)


def _bounded(item: Any, rows: Any) -> Any:
    """An element of a tensor; of known numbers it is known what it cannot exceed (``TensorArray`` asks for that)."""
    if rows is None or control_flow.is_traced(rows) or not rows.dtype.is_integer or rows.shape.rank != 1:
        return item
    values = np.asarray(rows._value)
    if values.size and values.min() >= 0:
        item._bound = int(values.max()) + 1
    return item


_NOT = Call(lambda a: ~a, "LogicalNot")
_NEXT = Call(lambda index: index + jnp.ones_like(index), "Add")
_BELOW = Call(lambda index, limit: index < limit, "Less")
_BOTH = Call(lambda a, b: a & b, "LogicalAnd")


class Range(Operators):
    """``tf.range`` or ``range`` with bounds that only a run can tell, in a ``for`` statement."""

    def __init__(self, start: Any, limit: Any, delta: Any) -> None:
        tensors = [convert_to_tensor(value) for value in (start, limit, delta)]
        dtype = jnp.result_type(*[tensor._value.dtype for tensor in tensors])
        cast = Call(lambda value: value.astype(dtype), "Cast")
        self.start, self.limit, self.delta = [dispatch(cast, [tensor]) for tensor in tensors]

    def length(self) -> Any:
        found = dispatch(_LENGTH, [self.start, self.limit, self.delta])
        return found if control_flow.is_traced(found) else int(found)

    def element(self, index: Tensor) -> Tensor:
        return dispatch(_ELEMENT, [self.start, self.delta, index])

    def _kerax_tensor(self) -> Tensor:
        """The whole range as a tensor, for every use but a ``for``."""
        length = self.length()
        if not isinstance(length, int):
            bounds = [open_sizes.held(bound) for bound in (self.start, self.limit, self.delta)]
            if not any(bound is None for bound in bounds):
                array = jnp.arange(*[bound.item() for bound in bounds], dtype=self.start._value.dtype)
                return Tensor(array, context.trace)
            raise errors.Uncompilable("tf.range with a bound that only a run can tell")
        return self.element(convert_to_tensor(np.arange(length, dtype=np.int32)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kerax_tensor(), name)


_LENGTH = Call(
    lambda start, limit, delta: jnp.maximum(0, jnp.ceil((limit - start) / delta)).astype(jnp.int32), "RangeLength"
)
_ELEMENT = Call(lambda start, delta, index: start + delta * index.astype(start.dtype), "RangeElement")


def _range_call(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """``tf.range`` with a traced bound: in a ``for`` it needs no array."""
    kwargs = {key: value for key, value in kwargs.items() if key != "name"}
    if kwargs.get("dtype") is not None or not any(_traced_argument(value) for value in [*args, *kwargs.values()]):
        return function(*args, **kwargs)
    given = dict(zip(("start", "limit", "delta"), args, strict=False)) | kwargs
    if given.get("limit") is None:
        return Range(0, given["start"], given.get("delta", 1))
    return Range(given["start"], given["limit"], given.get("delta", 1))


_TRACED_CALLS = {"range": _range_call}


# --- expressions ------------------------------------------------------------------------------------------
def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor) or hasattr(value, "_kerax_tensor")


def _tensor(value: Any) -> Tensor:
    return value if isinstance(value, Tensor) else value._kerax_tensor()


def _is_staged(value: Any) -> bool:
    return _is_tensor(value) and context.trace is not None and control_flow.is_traced(_tensor(value))


def if_exp(cond: Any, if_true: Any, if_false: Any, expr_repr: str) -> Any:
    if not _is_staged(cond):
        return if_true() if cond else if_false()
    return control_flow.branch(control_flow.as_condition(cond), [if_true, if_false], (expr_repr,))


def not_(a: Any) -> Any:
    if not _is_staged(a):
        return not a
    if not _tensor(a).dtype.is_bool:
        raise TypeError(
            f"Input 'x' of 'LogicalNot' Op has type {_tensor(a).dtype.name} that does not match expected type of bool."
        )
    return dispatch(_NOT, [_tensor(a)])


def and_(a: Any, b: Any) -> Any:
    first = a()
    if not _is_staged(first):
        return first and b()
    return control_flow.branch(control_flow.as_condition(first), [b, lambda: first])


def or_(a: Any, b: Any) -> Any:
    first = a()
    if not _is_staged(first):
        return first or b()
    return control_flow.branch(control_flow.as_condition(first), [lambda: first, b])


def eq(a: Any, b: Any) -> Any:
    return a == b


def not_eq(a: Any, b: Any) -> Any:
    return a != b


def assert_stmt(expression1: Any, expression2: Callable[[], Any]) -> None:
    if _is_staged(expression1):
        effects.check(expression1, lambda *shown: f"assertion failed: {expression2()}")
    elif not expression1:
        raise AssertionError(expression2())


# --- builtins ---------------------------------------------------------------------------------------------
def _range_builtin(start: Any, stop: Any = None, step: Any = 1) -> Range:
    return Range(0, start, 1) if stop is None else Range(start, stop, step)


def _len_builtin(value: Any) -> Any:
    if not _tensor(value).shape.rank:
        raise ValueError(
            'len requires a non-scalar tensor, got one of shape Tensor("Shape:0", shape=(0,), dtype=int32)'
        )
    return _tensor(value).shape[0]


def _int_builtin(value: Any = 0) -> Any:
    return dispatch(_TO_INT, [_tensor(value)])


def _float_builtin(value: Any = 0) -> Any:
    return dispatch(_TO_FLOAT, [_tensor(value)])


def _abs_builtin(value: Any) -> Any:
    return OPERATORS["abs"](value)


def _extreme(name: str) -> Callable[..., Any]:
    def extreme(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            raise ValueError(f"{name} with keyword arguments is not supported on traced tensors.")
        if len(args) == 1:
            value = _tensor(args[0]) if _is_tensor(args[0]) else convert_to_tensor(args[0])
            if value.shape.rank != 1:
                raise ValueError(f"{name} only supports tensors of rank 1 here, got shape {value.shape}.")
            return dispatch(_REDUCTIONS[name], [value])
        result = args[0]
        for value in args[1:]:
            result = dispatch(_PAIRS[name], _alike(result, value))
        return result

    return extreme


_TO_INT = Call(lambda value: value.astype(jnp.int32), "Cast")
_TO_FLOAT = Call(lambda value: value.astype(jnp.float32), "Cast")
_PAIRS = {"min": Call(jnp.minimum, "Minimum"), "max": Call(jnp.maximum, "Maximum")}
_REDUCTIONS = {
    "min": Call(jnp.min, "Min"),
    "max": Call(jnp.max, "Max"),
    "any": Call(jnp.any, "Any"),
    "all": Call(jnp.all, "All"),
}


def _alike(a: Any, b: Any) -> list[Tensor]:
    """Two values as tensors of one dtype, python numbers following the tensor."""
    dtype = (_tensor(a) if _is_tensor(a) else _tensor(b)).dtype
    return [_tensor(value) if _is_tensor(value) else convert_to_tensor(value, dtype) for value in (a, b)]


def _enumerate_builtin(value: Any, start: Any = 0) -> Any:
    rows = _tensor(value)
    indices = np.arange(rows.shape[0], dtype=np.int32)
    return _Zipped((OPERATORS["add"](convert_to_tensor(indices), start), rows))


def _zip_builtin(*values: Any, strict: bool = False) -> Any:
    if all(_is_tensor(value) for value in values):
        return _Zipped(tuple(_tensor(value) for value in values))
    return zip(*values, strict=strict)


class _Zipped:
    """Several tensors looped over together."""

    def __init__(self, parts: tuple[Tensor, ...]) -> None:
        self.parts = parts


def _for_zipped(
    iter_: _Zipped, extra_test: Any, body: Any, get_state: Any, set_state: Any, symbol_names: Any, opts: Any
) -> None:
    count = min(part.shape[0] for part in iter_.parts)  # type: ignore[type-var]

    def at(index: Tensor) -> None:
        body(tuple(_bounded(OPERATORS["getitem"](part, index), part) for part in iter_.parts))

    _for_in_trace(
        convert_to_tensor(np.arange(count, dtype=np.int32)), extra_test, at, get_state, set_state, symbol_names, opts
    )


FOR_LOOPS[_Zipped] = _for_zipped


def _sorted_builtin(value: Any, key: Callable[[Any], Any] | None = None, reverse: bool = False) -> Tensor:
    rows = _tensor(value)
    if key is not None:
        picked = [convert_to_tensor(key(OPERATORS["getitem"](rows, index))) for index in range(rows.shape[0])]
        by = OPERATORS["stack"](picked)
    else:
        by = rows
    if by.shape.rank != 1:
        raise ValueError("sort only supports only 1D tensors")
    return dispatch(_SORTED[bool(reverse)], [rows, by])


def _print_builtin(*values: Any, **kwargs: Any) -> None:
    print(*values, **kwargs)  # TensorFlow's converted print shows the symbolic tensor too


_BUILTINS: dict[Any, Callable[..., Any]] = {
    range: _range_builtin,
    len: _len_builtin,
    int: _int_builtin,
    float: _float_builtin,
    abs: _abs_builtin,
    min: _extreme("min"),
    max: _extreme("max"),
    any: lambda value: dispatch(_REDUCTIONS["any"], [_tensor(value)]),
    all: lambda value: dispatch(_REDUCTIONS["all"], [_tensor(value)]),
    enumerate: _enumerate_builtin,
    zip: _zip_builtin,
    print: _print_builtin,
    sorted: _sorted_builtin,
}

_SORTED = [Call(lambda rows, by, down=down: rows[jnp.argsort(by, descending=down)], "Sort") for down in (False, True)]

_OPERATORS: dict[str, Any] = {
    "if_stmt": if_stmt,
    "while_stmt": while_stmt,
    "for_stmt": for_stmt,
    "if_exp": if_exp,
    "not_": not_,
    "and_": and_,
    "or_": or_,
    "eq": eq,
    "not_eq": not_eq,
    "assert_stmt": assert_stmt,
    "converted_call": converted_call,
}


def set_loop_options(
    parallel_iterations: Any = None,
    swap_memory: Any = None,
    maximum_iterations: Any = None,
    shape_invariants: Any = None,
) -> None:
    """Options for the enclosing loop of converted code, as its first statement.

    Args:
      parallel_iterations, swap_memory: hints of TensorFlow, without effect on values.
      maximum_iterations: scalar int, after which a compiled loop ends; loops that python runs do not heed it.
      shape_invariants: list of (loop variable, ``tf.TensorShape``) for variables that change their shape.

    >>> import kerax as tf
    >>> __name__ = "__main__"  # functions of kerax itself are not rewritten
    >>> @tf.function
    ... def count(n):
    ...     i = 0
    ...     while i < n:
    ...         tf.autograph.experimental.set_loop_options(maximum_iterations=2)
    ...         i += 1
    ...     return i
    >>> count(tf.constant(5)).numpy()
    np.int32(2)
    """
