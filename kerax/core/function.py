"""``tf.function``: python traced once per signature, compiled by XLA, state lifted in and out."""

from __future__ import annotations

import functools
import inspect
import threading
import warnings
import weakref
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import autograph as autograph_lib
from kerax.core import effects, errors, nest, state
from kerax.core.context import context
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable


_UNKNOWN: Any = object()


class ConcreteFunction:
    """One traced program: a signature, its compiled form and the state it touches."""

    def __init__(self, lifted: state.Lifted, name: str, signature: Any, specs: list[TensorSpec]) -> None:
        self.lifted = lifted
        self.name = name
        self._signature = signature
        self._specs = specs
        jaxpr = lifted.jaxpr.jaxpr
        count = len(lifted.inputs)
        written = {id(variable) for variable in lifted.assigned}
        owned = [i for i, source in enumerate(lifted.inputs) if id(source) in written]
        kept = [i for i, source in enumerate(lifted.inputs) if id(source) not in written]
        self._owned = [lifted.inputs[i] for i in owned]
        self._kept = [lifted.inputs[i] for i in kept]
        self._results = len(lifted.results)
        # Variables whose array also leaves through a result: a reader will hold it
        returned = {id(var) for var in jaxpr.outvars[: self._results]}
        self._shared = [
            variable
            for variable, var in zip(lifted.assigned, jaxpr.outvars[self._results :], strict=True)
            if id(var) in returned
        ] + [s for s, var in zip(lifted.inputs, jaxpr.invars[:count], strict=True) if id(var) in returned]
        self._shared = [source for source in self._shared if not isinstance(source, Tensor)]

        def program(owned_values: list[Any], kept_values: list[Any], arguments: list[Any]) -> list[Any]:
            inputs: list[Any] = [None] * count
            for index, value in zip(owned, owned_values, strict=True):
                inputs[index] = value
            for index, value in zip(kept, kept_values, strict=True):
                inputs[index] = value
            return lifted.fn(*inputs, *arguments)

        program.__name__ = name
        self.compiled = jax.jit(program, donate_argnums=0)

    def state_values(self) -> tuple[list[Any], list[Any]]:
        """The arrays to give away (of assigned variables) and those only to read."""
        owned = [variable._value if variable._tensor is None else jnp.copy(variable._value) for variable in self._owned]
        return owned, [source._value for source in self._kept]

    def run(self, tensors: Sequence[Tensor]) -> Any:
        """Runs on flat Tensors: compiled at top level, inlined inside a trace, recorded under a tape."""
        if context.trace is not None or (context.recorders and self._watched(tensors)):
            return state.apply(self.lifted, tensors)
        owned, kept = self.state_values()
        outs = self.compiled(owned, kept, [tensor._value for tensor in tensors])
        count = self._results
        for variable, value in zip(self.lifted.assigned, outs[count:], strict=True):
            variable._write_owned(value)
        for variable in self._shared:
            variable._tensor = Tensor(variable._value)
        if self.lifted.effects:
            effects.raise_failures()
        return self.lifted.pack([Tensor(value) for value in outs[:count]])

    def _watched(self, tensors: Sequence[Tensor]) -> bool:
        inputs = [state.current(source) for source in self.lifted.inputs]
        return any(recorder.is_watching(value) for recorder in context.recorders for value in (*inputs, *tensors))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._signature is None:
            given = [*args, *kwargs.values()]
        else:
            bound = self._signature.bind_partial(*args, **kwargs)
            given = list(bound.arguments.values())
        leaves = [leaf for leaf in nest.flatten(given, expand_composites=True) if _is_array(leaf)]
        tensors = [convert_to_tensor(leaf, spec.dtype) for leaf, spec in zip(leaves, self._specs, strict=False)]
        if len(tensors) != len(self._specs):
            raise TypeError(
                f"{self.name} takes {len(self._specs)} tensor arguments, but {len(tensors)} were given: {given!r}."
            )
        for tensor, spec in zip(tensors, self._specs, strict=True):
            if not spec.is_compatible_with(tensor):
                raise TypeError(
                    f"Binding inputs to tf.function failed: an argument of {self.name} must be {spec}, got {tensor!r}."
                )
        return self.run(tensors)

    @property
    def inputs(self) -> list[TensorSpec]:
        return list(self._specs)

    @property
    def outputs(self) -> list[TensorSpec]:
        return [TensorSpec(result.shape, result.dtype) for result in self.lifted.results]

    @property
    def output_shapes(self) -> Any:
        return self.lifted.pack([spec.shape for spec in self.outputs])

    @property
    def output_dtypes(self) -> Any:
        return self.lifted.pack([spec.dtype for spec in self.outputs])

    @property
    def structured_outputs(self) -> Any:
        return self.lifted.pack(self.outputs)

    @property
    def structured_input_signature(self) -> tuple[Any, dict[str, Any]]:
        return tuple(self._specs), {}

    @property
    def captured_inputs(self) -> list[Any]:
        return list(self.lifted.inputs)

    @property
    def variables(self) -> list[Any]:
        seen: dict[int, Any] = {}
        for source in [*self.lifted.inputs, *self.lifted.assigned]:
            if isinstance(source, Variable):
                seen.setdefault(id(source), source)
        return list(seen.values())

    @property
    def trainable_variables(self) -> list[Any]:
        return [variable for variable in self.variables if variable.trainable]

    @property
    def graph(self) -> Any:
        return self.lifted.jaxpr

    def __repr__(self) -> str:
        return f"<ConcreteFunction {self.name} with {len(self._specs)} inputs>"


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
        }
        self._check_creation = check_creation
        self._input_signature = None if input_signature is None else _checked_signature(input_signature)
        self._name = getattr(python_function, "__name__", type(python_function).__name__)
        self._signature = _signature_of(python_function)
        self._simple = _takes_plain_positionals(self._signature) and self._input_signature is None
        self._functions: dict[Any, ConcreteFunction | None] = {}  # None: runs uncompiled
        self._kept: list[Any] = []  # objects whose identity is part of a key
        self._traces = 0
        self._created = False
        self._lock = threading.RLock()
        self._bound: weakref.WeakKeyDictionary[Any, Function] | dict[int, Any] = weakref.WeakKeyDictionary()

    # --- calling ---
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if context.eager_functions:
            return self._python_function(*args, **kwargs)
        arguments, tensors, key = self._canonical(args, kwargs)
        concrete = self._functions.get(key, _UNKNOWN)
        if concrete is _UNKNOWN:
            with self._lock:
                concrete = self._functions[key] if key in self._functions else self._trace(arguments, tensors, key)
        if concrete is None:
            return self._python_function(*args, **kwargs)
        return concrete.run(tensors)

    def _canonical(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, list[Tensor], Any]:
        """The arguments with defaults filled in, their tensors, and the signature's key."""
        if not kwargs and self._simple and len(args) == self._simple and all(type(arg) is Tensor for arg in args):
            key = tuple([(arg._value.dtype, arg._value.shape) for arg in args])
            return (args, {}), list(args), key
        if self._signature is not None:
            try:
                bound = self._signature.bind(*args, **kwargs)
            except TypeError as error:
                raise TypeError(
                    f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} for signature: {self._signature}."
                ) from None
            bound.apply_defaults()
            args, kwargs = bound.args, bound.kwargs
        if self._input_signature is not None:
            args, kwargs = self._conform(args, kwargs)
        tensors: list[Tensor] = []
        key = (_key(args, tensors, self._kept), _key(kwargs, tensors, self._kept) if kwargs else ())
        return (args, kwargs), tensors, key

    def _conform(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Arguments converted to the input signature's dtypes, or TensorFlow's error."""
        values = [*args, *kwargs.values()]
        if len(values) < len(self._input_signature):  # type: ignore[arg-type]
            raise TypeError(f"{self._name} expects {len(self._input_signature)} arguments, got {len(values)}.")  # type: ignore[arg-type]
        conformed = []
        for value, spec in zip(values, self._input_signature, strict=False):  # type: ignore[arg-type]
            conformed.append(_conformed(value, spec, self._name))
        rest = values[len(conformed) :]
        values = [*conformed, *rest]
        return tuple(values[: len(args)]), dict(zip(kwargs, values[len(args) :], strict=True))

    # --- tracing ---
    def _trace(self, arguments: Any, tensors: list[Tensor], key: Any) -> ConcreteFunction | None:
        try:
            if any(tensor._value.dtype == object for tensor in tensors):
                raise errors.Uncompilable("a string argument")
            self._traces += 1
            lifted, created = self._trace_once(arguments, tensors, forbid=self._created and self._check_creation)
            if created and self._check_creation:
                self._created = True
                lifted, _ = self._trace_once(arguments, tensors, forbid=True)
            specs = [TensorSpec(tensor.shape, tensor.dtype) for tensor in tensors]
            concrete = ConcreteFunction(lifted, self._name, self._signature, specs)
        except errors.Uncompilable as problem:
            if context.trace is not None:
                raise
            if self._jit_compile:
                raise errors.InvalidArgumentError(
                    None, None, f"{self._name} with jit_compile=True: {problem}"
                ) from None
            _warn_uncompiled(self, problem)
            self._functions[key] = None
            return None
        self._functions[key] = concrete
        return concrete

    def _trace_once(self, arguments: Any, tensors: list[Tensor], forbid: bool) -> tuple[state.Lifted, list[Any]]:
        python_function = self._python_function
        if self._autograph:
            python_function = autograph_lib.convert(python_function)
        created: list[Any] = []

        def run(*traced: Tensor) -> Any:
            scope = context.trace
            scope.created = created
            scope.forbids_creation = forbid
            feed = iter(traced)
            names = iter(self._argument_names(arguments))

            def substitute(leaf: Any) -> Any:
                name = next(names, None)
                if not _is_array(leaf):
                    return leaf
                tensor = next(feed)
                if name:
                    tensor._name = f"{name}:0"
                return tensor

            args, kwargs = nest.map_structure(substitute, arguments, expand_composites=True)
            return python_function(*args, **kwargs)

        avals = [jax.ShapeDtypeStruct(tensor._value.shape, tensor._value.dtype) for tensor in tensors]
        return state.trace(run, avals, convert=_returned, name=self._name), created

    def _argument_names(self, arguments: Any) -> list[str | None]:
        """For every leaf of the arguments, the parameter it belongs to."""
        names = list(self._signature.parameters) if self._signature is not None else []
        found: list[str | None] = []
        for index, value in enumerate(arguments[0]):
            name = names[index] if index < len(names) else (names[-1] if names else None)
            found += [name] * len(nest.flatten(value, expand_composites=True))
        return found + list(arguments[1])

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
            try:
                self._bound[instance] = found
            except TypeError:
                instance.__dict__[f"_function_{id(self)}"] = found
        return found

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> ConcreteFunction:
        """The program for a signature, given as values or as ``tf.TensorSpec``s.

        Raises:
          ValueError: the function cannot be compiled.
        """
        if self._input_signature is not None and not args and not kwargs:
            args = tuple(self._input_signature)
        args, kwargs = nest.map_structure(_example, (args, kwargs))
        arguments, tensors, key = self._canonical(args, kwargs)
        if key not in self._functions:
            self._trace(arguments, tensors, key)
        concrete = self._functions[key]
        if concrete is None:
            raise ValueError(f"{self._name} runs uncompiled: it has no concrete function.")
        return concrete

    def concrete_functions(self) -> list[ConcreteFunction | None]:
        """The programs traced so far; None stands for a signature that runs uncompiled."""
        return list(self._functions.values())

    def experimental_get_tracing_count(self) -> int:
        """How many times python was traced."""
        return self._traces

    def experimental_get_compiler_ir(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        concrete = self.get_concrete_function(*args, **kwargs)

        def text(stage: str = "hlo", **_: Any) -> str:
            owned, kept = concrete.state_values()
            examples = [jax.ShapeDtypeStruct(tuple(spec.shape), spec.dtype.dtype) for spec in concrete.inputs]
            lowered = concrete.compiled.lower(owned, kept, examples)
            return lowered.as_text("hlo") if stage == "hlo" else lowered.compile().as_text()

        return text

    def pretty_printed_concrete_signatures(self, verbose: bool = True) -> str:
        return "\n".join(repr(concrete) for concrete in self._functions.values() if concrete is not None)

    @property
    def python_function(self) -> Callable[..., Any]:
        return self._python_function

    @property
    def input_signature(self) -> Any:
        return self._input_signature

    @property
    def function_spec(self) -> Any:
        return self._signature

    def __repr__(self) -> str:
        return f"<kerax.core.function.Function object at {hex(id(self))}>"


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


def _takes_plain_positionals(signature: inspect.Signature | None) -> int:
    """The number of parameters if all are positional and without defaults, else 0."""
    if signature is None:
        return 0
    kinds = [(parameter.kind, parameter.default) for parameter in signature.parameters.values()]
    plain = all(
        kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and default is inspect.Parameter.empty
        for kind, default in kinds
    )
    return len(kinds) if plain else 0


def _is_array(leaf: Any) -> bool:
    return isinstance(leaf, (Tensor, np.ndarray, np.generic, jax.Array))


def _key(value: Any, tensors: list[Tensor], kept: list[Any]) -> Any:
    """A hashable key of one argument; the tensors in it are appended to ``tensors``."""
    kind = type(value)
    if kind is Tensor:
        tensors.append(value)
        return value._value.dtype, value._value.shape
    if value is None or kind in (bool, int, float, complex, str, bytes):
        return kind, value
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
        return kind, tuple(parts)
    if nest.is_nested(value):
        return kind, tuple([_key(item, tensors, kept) for item in nest.flatten(value)])
    if not any(value is other for other in kept):
        kept.append(value)
    return kind, id(value)


def _checked_signature(signature: Any) -> tuple[Any, ...]:
    if not isinstance(signature, (list, tuple)):
        raise TypeError(f"input_signature must be either a tuple or a list, got {type(signature)}.")
    for spec in nest.flatten(signature):
        if not isinstance(spec, TypeSpec):
            raise TypeError(
                f"input_signature must be a possibly nested sequence of TensorSpec objects, got {signature}."
            )
    return tuple(signature)


def _conformed(value: Any, spec: Any, name: str) -> Any:
    if nest.is_nested(spec):
        return nest.map_structure(lambda s, v: _conformed(v, s, name), spec, value)
    if not isinstance(spec, TensorSpec):
        return value
    if isinstance(value, TensorSpec):
        value = _example(value)
    try:
        tensor = convert_to_tensor(value, None if isinstance(value, (Tensor, Variable)) else spec.dtype)
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"Binding inputs to tf.function failed due to `{error}` for argument {spec} of {name}."
        ) from None
    if not spec.is_compatible_with(tensor):
        raise TypeError(
            f"Binding inputs to tf.function failed due to `Can not cast {TensorSpec(tensor.shape, tensor.dtype)!r} to "
            f"{spec!r}`. Received a value of shape {tensor.shape} for {name}."
        )
    return tensor


def _example(leaf: Any) -> Any:
    """A value of a spec's shape, where a program is asked for by spec (unknown sizes become 1)."""
    if isinstance(leaf, TensorSpec):
        shape = tuple(1 if size is None else size for size in leaf.shape)
        return Tensor(jnp.zeros(shape, leaf.dtype.dtype))
    return leaf


def _returned(leaf: Any) -> Any:
    if isinstance(leaf, (bool, int, float, complex, str, bytes, np.ndarray, np.generic, jax.Array)):
        return convert_to_tensor(leaf)
    return leaf


def _warn_uncompiled(function: Function, problem: errors.Uncompilable) -> None:
    place = ""
    traceback = problem.__traceback__
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if "kerax" not in traceback.tb_frame.f_globals.get("__name__", "") and "/jax/" not in filename:
            place = f" ({filename}, line {traceback.tb_lineno})"
        traceback = traceback.tb_next
    warnings.warn(f"tf.function {function._name!r} runs uncompiled for this signature: {problem}{place}", stacklevel=4)


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
      jit_compile: True refuses to run uncompiled; otherwise without effect, everything is compiled.
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

    def decorate(inner: Callable[..., Any]) -> Function:
        return Function(
            inner,
            input_signature,
            autograph=autograph,
            jit_compile=jit_compile if experimental_compile is None else experimental_compile,
            reduce_retracing=reduce_retracing,
            experimental_autograph_options=experimental_autograph_options,
        )

    return decorate if func is None else decorate(func)


def functions_run_eagerly() -> bool:
    """Whether ``tf.config.run_functions_eagerly(True)`` is in force."""
    return context.eager_functions


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Makes every ``tf.function`` run its python directly, for debugging.

    Args:
      run_eagerly: bool.
    """
    context.eager_functions = bool(run_eagerly)
