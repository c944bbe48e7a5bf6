"""``tf.function``: python traced once per signature, compiled by XLA, state lifted in and out."""

from __future__ import annotations

import contextlib
import functools
import inspect
import itertools
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from kerax.core import autograph as autograph_lib
from kerax.core import errors, nest, state
from kerax.core.concrete import ConcreteFunction, example, of_specs
from kerax.core.context import context
from kerax.core.origin import is_own
from kerax.core.program import Program, Uncompiled, is_array, returned, spec_of
from kerax.core.retracing import count_of
from kerax.core.tape import GraphRecorder
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable

_NAN = object()


class Function:
    """A python function that is compiled for each signature it is called with. Made by ``tf.function``."""

    def __init__(
        self,
        python_function: Callable[..., Any],
        input_signature: Any = None,
        autograph: bool = True,
        jit_compile: bool | None = None,
        reduce_retracing: bool = False,
        experimental_autograph_options: Any = None,
        check_creation: bool = True,
        explain_errors: bool = True,
    ) -> None:
        functools.update_wrapper(self, python_function, updated=())
        self._python_function = python_function
        self._autograph = autograph
        self._jit_compile = jit_compile
        self._options = {
            "autograph": autograph,
            "jit_compile": jit_compile,
            "reduce_retracing": reduce_retracing,
            "experimental_autograph_options": experimental_autograph_options,
            "check_creation": check_creation,
            "explain_errors": explain_errors,
        }
        self._check_creation = check_creation
        self._input_signature = None if input_signature is None else _checked_signature(input_signature)
        self._name = getattr(python_function, "__name__", type(python_function).__name__)
        self._signature = _signature_of(python_function)
        self._plain = _plain_positionals(self._signature)
        self._programs: dict[Any, Program | Uncompiled] = {}
        self._concretes: dict[Any, ConcreteFunction] = {}
        self._signatures: list[Any] = []  # (args, kwargs) of every trace, with specs for tensors
        self._groups: dict[Any, list[Any]] = {}  # signatures apart from sizes → the shapes that were traced
        self._alike: set[Any] = set()  # signatures that were traced, apart from which variables they were given
        self._shown: list[Any] = []  # specs of the signature under way
        self._kept: list[Any] = []  # objects whose identity is part of a key
        self._traces = 0
        self._recent = count_of(python_function)
        self._own = not check_creation or is_own(python_function)  # functions of kerax itself
        self._created = False
        self._lock = threading.RLock()
        self._bound: weakref.WeakKeyDictionary[Any, Function] | dict[int, Any] = weakref.WeakKeyDictionary()

    def __reduce__(self) -> tuple[Any, ...]:  # a copy traces anew
        return functools.partial(Function, **self._options), (self._python_function, self._input_signature)

    # --- calling ---
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if context.eager_functions:
            return self._python_function(*args, **kwargs)
        arguments, tensors, key = self._canonical(args, kwargs)
        program = self._programs.get(key)
        if program is None:
            return self._first_call(arguments, tensors, key)
        if context.trace is None:
            self._recent.calls += 1
        return program.run(tensors)

    def _first_call(self, arguments: Any, tensors: list[Tensor], key: Any) -> Any:
        before = self._traces
        program = self._traced(arguments, tensors, key)
        if not any(map(nest.is_composite, nest.flatten(arguments))):
            self._signatures.append(nest.map_structure(spec_of, arguments))
        result = program.run(tensors)
        if program.lifted is not None and program.lifted.initializes:
            with self._lock:  # what made the variables has run, once
                del self._programs[key]
                lifted, _ = self._trace_once(arguments, tensors, forbid=self._check_creation)
                self._programs[key] = Program(lifted, others=len(self._programs))
        if self._traces == before:
            self._recent.calls += 1
        elif context.trace is None and not self._own:
            self._recent.traced(getattr(self._python_function, "method", self._python_function))
        return result

    def _canonical(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, list[Tensor], Any]:
        """The arguments with defaults filled in, their tensors, and the signature's key."""
        if self._signature is not None and (kwargs or len(args) != self._plain):
            bound = self._bind(args, kwargs)
            args, kwargs = bound.args, bound.kwargs
        if self._input_signature is not None:
            args, kwargs = self._conform(args, kwargs)
        tensors: list[Tensor] = []
        keys: list[Any] = []
        for value in args:
            if type(value) is Tensor:  # as in ``_key``, without the call: most arguments are tensors
                tensors.append(value)
                array = value._value
                keys.append((array.dtype, array.shape))
            else:
                keys.append(_key(value, tensors, self._kept))
        if kwargs:
            keys.append(_key(kwargs, tensors, self._kept))
        return (args, kwargs), tensors, tuple(keys)

    def _bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> inspect.BoundArguments:
        try:
            bound = self._signature.bind(*args, **kwargs)  # type: ignore[union-attr]
        except TypeError as error:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} "
                f"for signature: {self._signature}."
            ) from None
        bound.apply_defaults()
        return bound

    def _conform(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Arguments converted to the input signature's dtypes, or TensorFlow's error."""
        values = [*args, *kwargs.values()]
        if len(values) < len(self._input_signature):  # type: ignore[arg-type]
            raise TypeError(f"{self._name} expects {len(self._input_signature)} arguments, got {len(values)}.")  # type: ignore[arg-type]
        conformed = []
        for value, spec in zip(values, self._input_signature, strict=False):  # type: ignore[arg-type]
            try:
                conformed.append(_conformed(value, spec))
            except (TypeError, ValueError) as error:
                names = list(self._signature.parameters) if self._signature is not None else []
                known = zip(names, self._input_signature, strict=False)  # type: ignore[arg-type]
                text = ", ".join(f"{name}: {spec!r}" for name, spec in known)
                raise TypeError(
                    f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: "
                    f"{kwargs} for signature: ({text})."
                ) from None
        rest = values[len(conformed) :]
        values = [*conformed, *rest]
        return tuple(values[: len(args)]), dict(zip(kwargs, values[len(args) :], strict=True))

    # --- tracing ---
    def _traced(self, arguments: Any, tensors: list[Tensor], key: Any) -> Program | Uncompiled:
        """The program for a new signature."""
        with self._lock:
            if key not in self._programs:
                shown = self._shown
                familiar = self._is_familiar(key, tensors)
                with _quietly(familiar):
                    self._programs[key] = self._trace(arguments, tensors)
                self._shown = shown
            return self._programs[key]

    def _is_familiar(self, key: Any, tensors: list[Tensor]) -> bool:
        """Whether TensorFlow would not trace here: only variables, or sizes that its signature leaves open, are new.

        Programs are always made for certain variables and sizes. Where TensorFlow runs a program for unknown ones,
        python runs here once more for the new ones, but its prints and its count stay as TensorFlow has them.
        """
        alike = _without_identity(key, {})
        if alike in self._alike:  # the same but for which variables it is given
            return True
        self._alike.add(alike)
        shapes = self._groups.setdefault(_without_sizes(alike), [])
        shapes.append([tensor.shape for tensor in tensors])
        if self._input_signature is not None:
            return len(shapes) > 1
        if not self._options["reduce_retracing"]:
            return False
        if len(shapes) == 2:  # from now on TensorFlow's program takes any of the sizes that differ
            self._shown = [
                TensorSpec(one.most_specific_compatible_shape(two)) for one, two in zip(*shapes, strict=True)
            ]
        return len(shapes) > 2

    def _trace(self, arguments: Any, tensors: list[Tensor]) -> Program | Uncompiled:
        try:
            if any(tensor._value.dtype == object for tensor in tensors):
                raise errors.Uncompilable("a string argument")
            if not context.quiet:
                self._traces += 1
            lifted, created = self._trace_once(arguments, tensors, forbid=self._created and self._check_creation)
            if created and self._check_creation:
                self._created = True
                if not lifted.initializes:
                    lifted, _ = self._trace_once(arguments, tensors, forbid=True)
            return Program(lifted, others=len(self._programs))
        except errors.Uncompilable as problem:
            if context.trace is not None:
                raise
            strings = any(tensor._value.dtype == object for tensor in tensors)
            if self._jit_compile and strings:  # TensorFlow compiles sizes that depend on values, but no strings
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"Detected unsupported operations when trying to compile graph {self._name} "
                    f"[_XlaMustCompile=true]: {problem}",
                ) from None
            if not strings:
                _warn_uncompiled(self, problem)
            return Uncompiled(self._converted(), arguments, self._argument_names(arguments), heard=not strings)

    def _converted(self) -> Callable[..., Any]:
        """The python function, by AutoGraph unless it is not wanted."""
        if not self._autograph:
            return self._python_function
        return autograph_lib.convert(self._python_function, self._options["explain_errors"], requested=True)

    def _trace_once(self, arguments: Any, tensors: list[Tensor], forbid: bool) -> tuple[state.Lifted, list[Any]]:
        python_function = self._converted()
        created: list[Any] = []

        def run(*traced: Tensor) -> Any:
            scope = context.trace
            scope.created = created
            scope.forbids_creation = forbid
            if scope.parent is None:
                scope.outer_scopes = len(context.name_scopes)
            feed = iter(traced)
            names = iter(self._argument_names(arguments))
            shown = iter(self._shown_shapes(arguments))

            def substitute(leaf: Any) -> Any:
                name = next(names, None)
                if not is_array(leaf):
                    return leaf
                tensor = next(feed)
                scope.name_results(name or "input", tensor, kind="Placeholder")
                tensor._shown_shape = next(shown, None)
                return tensor

            args, kwargs = nest.map_structure(substitute, arguments, expand_composites=True)
            context.recorders = [
                *(one for one in context.recorders if not isinstance(one, GraphRecorder)),
                GraphRecorder(),
            ]
            return python_function(*args, **kwargs)

        avals = [jax.ShapeDtypeStruct(tensor._value.shape, tensor._value.dtype) for tensor in tensors]
        return state.trace(run, avals, convert=returned, name=self._name), created

    def _argument_names(self, arguments: Any) -> list[str | None]:
        """For every leaf of the arguments, the parameter it belongs to."""
        positional = [
            parameter
            for parameter in (self._signature.parameters.values() if self._signature is not None else ())
            if parameter.kind is not parameter.VAR_KEYWORD
        ]
        found: list[str | None] = []
        for index, value in enumerate(arguments[0]):
            last = min(index, len(positional) - 1)
            name = positional[last].name if positional else None
            if positional and positional[last].kind is inspect.Parameter.VAR_POSITIONAL:
                name = f"{name}_{index - last}"
            found += [name] * len(nest.flatten(value, expand_composites=True))
        found += list(arguments[1])
        given = [getattr(spec, "name", None) for spec in nest.flatten(self._input_signature or ())]
        return [own or name for own, name in itertools.zip_longest(given, found)]

    # --- methods, copies, inspection ---
    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None:
            return self
        try:
            found = self._bound.get(instance)
        except TypeError:  # unhashable or not weakly referable: by identity, on the instance itself
            found = instance.__dict__.get(f"_function_{id(self)}")
        if found is None:
            found = Function(_BoundMethod(self._python_function, instance), self._input_signature, **self._options)
            _with_attributes(found, self._python_function)
            try:
                self._bound[instance] = found
            except TypeError:
                instance.__dict__[f"_function_{id(self)}"] = found
        return found

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> ConcreteFunction:
        """The function of one signature, given as values or as ``tf.TensorSpec``s."""
        if self._input_signature is not None and not args and not kwargs:
            args = tuple(self._input_signature)
        given = nest.map_structure(_composite_spec, nest.map_structure(spec_of, (args, kwargs)))
        if self._signature is not None:
            bound = self._bind(*given)
            given = bound.args, bound.kwargs
        if self._input_signature is not None:
            given = tuple(self._input_signature), {}
        key = _key(
            nest.map_structure(lambda leaf: repr(leaf) if isinstance(leaf, TypeSpec) else leaf, given), [], self._kept
        )
        if key not in self._concretes:
            name = f"__inference_{self._name}_{len(self._concretes)}"
            shown = self._shown
            leaves = nest.flatten(of_specs(given), expand_composites=True)
            self._shown = [leaf for leaf in leaves if isinstance(leaf, TensorSpec)]
            try:
                self._concretes[key] = ConcreteFunction(self._name, name, self._signature, given, self._find_program())
                self._concretes[key].function = self
            finally:
                self._shown = shown
        return self._concretes[key]

    def _find_program(self) -> Callable[[Any], Program | Uncompiled]:
        """Finds programs for the sizes of one signature; only the first attempt is traced aloud."""
        heard = False

        def find(given: Any) -> Program | Uncompiled:
            nonlocal heard
            arguments, tensors, key = self._canonical(*given)
            with _quietly(heard):
                heard = True
                return self._programs.get(key) or self._traced(arguments, tensors, key)

        return find

    def _shown_shapes(self, arguments: Any) -> list[Any]:
        """The shapes that traced arrays are shown with; None for their own, as the parts of composites have."""
        if self._input_signature is None:
            return [spec.shape for spec in self._shown]
        shapes: list[Any] = []
        for value, spec in zip(nest.flatten(arguments), nest.flatten(self._input_signature), strict=False):
            parts = sum(map(is_array, nest.flatten(value, expand_composites=True)))
            shapes += [spec.shape] if is_array(value) else [None] * parts
        return shapes

    def programs(self) -> list[Program | Uncompiled]:
        """The programs traced so far."""
        return list(self._programs.values())

    def experimental_get_tracing_count(self) -> int:
        """How many times python was traced."""
        return self._traces

    def experimental_get_compiler_ir(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """A function that gives the program of a signature as text, by ``stage``."""
        concrete = self.get_concrete_function(*args, **kwargs)

        def text(stage: str = "hlo", **_: Any) -> str:
            program = concrete._program
            if isinstance(program, Uncompiled):
                raise ValueError(f"{self._name} runs uncompiled: it has no program.")
            avals = [jax.ShapeDtypeStruct(tuple(spec.shape), spec.dtype.dtype) for spec in concrete._specs]
            return program.text(avals, stage)

        return text

    def pretty_printed_concrete_signatures(self, verbose: bool = True) -> str:
        """The signatures met so far, as text."""
        for args, kwargs in list(self._signatures):
            self.get_concrete_function(*args, **kwargs)
        return "\n\n".join(found.pretty_printed_signature(verbose) for found in self._concretes.values())

    @property
    def python_function(self) -> Callable[..., Any]:
        return self._python_function

    def _decorate(self, decorator: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
        """Wraps the python function in place: base classes do so with the methods that they find decorated."""
        if self._programs:
            raise ValueError("Functions cannot be decorated after they have been traced.")
        self._python_function = decorator(self._python_function)
        self._signature = _signature_of(self._python_function)
        self._plain = _plain_positionals(self._signature)

    @property
    def input_signature(self) -> Any:
        return self._input_signature

    @property
    def function_spec(self) -> Any:
        return self._signature


@contextlib.contextmanager
def _quietly(quiet: bool) -> Iterator[None]:
    """Traces without what python prints, where ``quiet``."""
    outer = context.quiet
    context.quiet = outer or quiet
    try:
        yield
    finally:
        context.quiet = outer


def _without_sizes(key: Any) -> Any:
    """A signature's key in which tensors stand for all their sizes."""
    if isinstance(key, tuple) and len(key) == 2 and isinstance(key[0], np.dtype):
        return key[0], len(key[1])
    return tuple(map(_without_sizes, key)) if isinstance(key, tuple) else key


def _without_identity(key: Any, seen: dict[int, int]) -> Any:
    """A signature's key in which variables stand for all of their kind; only which are the same counts."""
    if isinstance(key, _VariableKey):
        return key.dtype, key.shape, key.trainable, seen.setdefault(key.identity, len(seen))
    return tuple([_without_identity(part, seen) for part in key]) if isinstance(key, tuple) else key


@dataclass(frozen=True)
class _VariableKey:
    """A Variable among a function's arguments."""

    identity: int
    dtype: Any
    shape: tuple[int | None, ...] | None
    trainable: bool


class _BoundMethod:
    """A method and a weak reference to its instance: a compiled method does not keep its object alive."""

    def __init__(self, method: Callable[..., Any], instance: Any) -> None:
        functools.update_wrapper(self, method, updated=())
        self.__wrapped__ = method
        parameters = list(inspect.signature(method).parameters.values())[1:]
        self.__signature__ = inspect.signature(method).replace(parameters=parameters)
        self.method = method
        self.instance = weakref.ref(instance)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        instance = self.instance()
        if instance is None:
            raise ReferenceError("The object of this method was deleted.")
        return self.method(instance, *args, **kwargs)


def _signature_of(python_function: Callable[..., Any]) -> inspect.Signature | None:
    try:
        return inspect.signature(python_function)
    except (TypeError, ValueError):
        return None


def _plain_positionals(signature: inspect.Signature | None) -> int:
    """The number of parameters if all are positional and without defaults, else -1: binding so many changes nothing."""
    if signature is None:
        return -1
    kinds = [(parameter.kind, parameter.default) for parameter in signature.parameters.values()]
    plain = all(
        kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and default is inspect.Parameter.empty
        for kind, default in kinds
    )
    return len(kinds) if plain else -1


def _key(value: Any, tensors: list[Tensor], kept: list[Any]) -> Any:
    """A hashable key of one argument; the tensors in it are appended to ``tensors``."""
    kind = type(value)
    if kind is Tensor:
        tensors.append(value)
        return value._value.dtype, value._value.shape
    if value is None or kind in (bool, int, float, complex, str, bytes):
        return value if value == value else _NAN  # equal values share a program, as in TensorFlow: 1 and 1.0
    if kind is list or kind is tuple:
        return kind, tuple([_key(item, tensors, kept) for item in value])
    if isinstance(value, dict):
        return kind, tuple([(name, _key(value[name], tensors, kept)) for name in sorted(value)])
    if isinstance(value, (np.ndarray, np.generic, jax.Array)):
        tensor = convert_to_tensor(value)
        tensors.append(tensor)
        return tensor._value.dtype, tensor._value.shape
    if nest.is_composite(value):
        parts = [_key(part, tensors, kept) for part in value._kerax_components()]
        return kind, tuple(parts), getattr(value, "_kerax_static", None)
    if nest.is_nested(value):
        return kind, tuple([_key(item, tensors, kept) for item in nest.flatten(value)])
    if kind.__eq__ is not object.__eq__ and kind.__hash__ is not None and not isinstance(value, Variable):
        with contextlib.suppress(TypeError):
            hash(value)
            return kind, value  # equal values share a program
    if not any(value is other for other in kept):
        kept.append(value)
    if isinstance(value, Variable):
        shape = None if value.shape.rank is None else tuple(value.shape)
        return _VariableKey(id(value), value.dtype, shape, value.trainable)
    return kind, id(value)


def _composite_spec(leaf: Any) -> Any:
    """The spec of a value that is made of tensors and that a spec can stand for; other leaves."""
    spec = leaf._type_spec if nest.is_composite(leaf) else None
    return spec if hasattr(spec, "_kerax_of_specs") else leaf


def _checked_signature(signature: Any) -> tuple[Any, ...]:
    if not isinstance(signature, (list, tuple)):
        raise TypeError(f"input_signature must be either a tuple or a list, got {type(signature)}.")
    for spec in nest.flatten(signature):
        if not isinstance(spec, TypeSpec):
            raise TypeError(
                f"input_signature must be a possibly nested sequence of TensorSpec objects, got {signature}."
            )
    return tuple(signature)


def _conformed(value: Any, spec: Any) -> Any:
    """An argument as the Tensor that a spec wants.

    Raises:
      TypeError, ValueError: it has another dtype or shape.
    """
    if nest.is_nested(spec):
        return nest.map_structure(lambda s, v: _conformed(v, s), spec, value)
    if not isinstance(spec, TensorSpec):
        composite = nest.is_composite(value) or isinstance(value, (Tensor, np.ndarray))
        if composite and hasattr(spec, "is_compatible_with") and not spec.is_compatible_with(value):
            raise TypeError(f"Can not cast {value!r} to {spec!r}")
        return value
    value = example(value)
    tensor = convert_to_tensor(value, None if isinstance(value, (Tensor, Variable)) else spec.dtype)
    if not spec.is_compatible_with(tensor):
        raise TypeError(f"Can not cast {TensorSpec(tensor.shape, tensor.dtype)!r} to {spec!r}")
    return tensor


def _warn_uncompiled(function: Function, problem: errors.Uncompilable) -> None:
    place = autograph_lib.user_line(problem)
    warnings.warn(f"tf.function {function._name!r} runs uncompiled for this signature: {problem}{place}", stacklevel=5)


def function(
    func: Callable[..., Any] | None = None,
    input_signature: Any = None,
    autograph: bool = True,
    jit_compile: bool | None = None,
    reduce_retracing: bool = False,
    experimental_implements: Any = None,
    experimental_autograph_options: Any = None,
    experimental_attributes: Any = None,
    experimental_relax_shapes: bool | None = None,
    experimental_compile: bool | None = None,
    experimental_follow_type_hints: bool | None = None,
) -> Any:
    """Compiles a function of tensors with XLA; as a decorator, with or without arguments.

    Python runs once for each signature (dtypes and shapes of tensors, values of python arguments); Variables
    are read and updated in place. What XLA cannot compile runs uncompiled, with one warning.

    Args:
      func: the function; None to get a decorator.
      input_signature: sequence of ``tf.TensorSpec``, the only signature accepted.
      autograph: bool, whether python control flow on tensors is converted.
      jit_compile: True refuses strings; otherwise without effect, everything is compiled.
      reduce_retracing, experimental_*: accepted; programs here are always specialised to shapes.

    Returns:
      A ``Function``.

    Differs from TensorFlow: shapes are always static inside; a new shape is a new program.

    >>> import kerax as tf
    >>> @tf.function
    ... def square(x):
    ...     return x * x
    >>> square(tf.constant(3.))
    <tf.Tensor: shape=(), dtype=float32, numpy=9.0>
    """
    if input_signature is not None:
        _checked_signature(input_signature)
    if func is not None and not callable(func):
        raise TypeError(f"{func!r} is not a callable object.")

    def decorate(inner: Callable[..., Any]) -> Function:
        made = Function(
            inner,
            input_signature,
            autograph=autograph,
            jit_compile=jit_compile if experimental_compile is None else experimental_compile,
            reduce_retracing=reduce_retracing,
            experimental_autograph_options=experimental_autograph_options,
        )
        return _with_attributes(made, inner)

    return decorate if func is None else decorate(func)


def _with_attributes(made: Function, python_function: Callable[..., Any]) -> Function:
    """The function, from which what was set on its python function can be read too."""
    for name, value in getattr(python_function, "__dict__", {}).items():
        made.__dict__.setdefault(name, value)
    return made


def functions_run_eagerly() -> bool:
    """Whether ``tf.config.run_functions_eagerly(True)`` is in force."""
    return context.eager_functions


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Makes every ``tf.function`` run its python directly, for debugging.

    Args:
      run_eagerly: bool.
    """
    context.eager_functions = bool(run_eagerly)
