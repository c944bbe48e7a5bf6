"""``tf.function``: python traced once per signature, compiled by XLA, state lifted in and out."""

from __future__ import annotations

import functools
import inspect
import itertools
import threading
import warnings
import weakref
from collections.abc import Callable
from typing import Any

import jax

from kerax.core import autograph as autograph_lib
from kerax.core import errors, nest, state
from kerax.core.concrete import ConcreteFunction, of_specs
from kerax.core.context import context, quietly
from kerax.core.origin import is_own
from kerax.core.program import Program, Uncompiled, is_array, returned, spec_of
from kerax.core.retracing import count_of
from kerax.core.shape import TensorShape
from kerax.core.signatures import (
    checked_signature,
    conformed,
    key_of,
    plain_positionals,
    require_constraints,
    require_default,
    signature_of,
    signature_text,
    variables_of_key,
    without_identity,
    without_sizes,
)
from kerax.core.tape import GraphRecorder
from kerax.core.tensor import TensorSpec, TypeSpec
from kerax.core.value import Tensor
from kerax.core.variable import Variable

_OTHER_VARIABLES = 64  # programs that a function keeps for other variables than those it was traced for


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
        self._name = getattr(python_function, "__name__", type(python_function).__name__)
        self._signature = signature_of(python_function)
        self._plain = plain_positionals(self._signature)
        self._input_signature = None if input_signature is None else checked_signature(input_signature)
        if self._input_signature is not None:
            require_constraints(self._input_signature, self._signature)
        self._programs: dict[Any, Program | Uncompiled] = {}
        self._concretes: dict[Any, ConcreteFunction] = {}
        self._signatures: list[Any] = []  # (args, kwargs) of every trace, with specs for tensors
        self._templates: dict[Any, Any] = {}  # signatures apart from which variables → their identities, the program
        self._of_others: list[Any] = []  # keys of programs that were made for other variables, the oldest first
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
        if program.open and any(variable._value.shape != shape for variable, shape in program.open):
            return self._of_sizes(program, arguments, tensors, key).run(tensors)
        if context.trace is None:
            self._recent.calls += 1
        return program.run(tensors)

    def _first_call(self, arguments: Any, tensors: list[Tensor], key: Any) -> Any:
        before = self._traces
        program = self._traced(arguments, tensors, key)
        if self._traces > before and not any(map(nest.is_composite, nest.flatten(arguments))):
            self._signatures.append(nest.map_structure(spec_of, arguments))
        result = program.run(tensors)
        if program.lifted is not None and program.lifted.initializes:
            with self._lock:  # what made the variables has run, once
                del self._programs[key]
                self._templates.pop(without_identity(key), None)
                lifted, _ = self._trace_once(arguments, tensors, forbid=self._check_creation)
                self._keep(key, Program(lifted, others=len(self._programs)))
        if self._traces == before:
            self._recent.calls += 1
        elif context.trace is None and not self._own:
            self._recent.traced(getattr(self._python_function, "method", self._python_function))
        return result

    def _of_sizes(self, program: Any, arguments: Any, tensors: list[Tensor], key: Any) -> Program | Uncompiled:
        """The program of a signature for the present shapes of the Variables whose shapes are open."""
        sized = key, tuple(variable._value.shape for variable, _ in program.open)
        with self._lock:
            if sized not in self._programs:
                with quietly(True):  # TensorFlow's is one for all shapes
                    self._programs[sized] = self._trace(arguments, tensors)
            return self._programs[sized]

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
            if type(value) is Tensor:  # as in ``key_of``, without the call: most arguments are tensors
                tensors.append(value)
                array = value._value
                keys.append((array.dtype, array.shape))
            else:
                keys.append(key_of(value, tensors, self._kept))
        if kwargs:
            keys.append(key_of(kwargs, tensors, self._kept))
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
        wanted: tuple[Any, ...] = self._input_signature  # type: ignore[assignment]
        parameters = list(self._signature.parameters.values()) if self._signature is not None else []
        values = [*args, *kwargs.values()]
        if len(values) < len(wanted):
            raise TypeError(f"{self._name} expects {len(wanted)} arguments, got {len(values)}.")
        try:
            named = {parameter.name for parameter in parameters}
            unknown = [name for name in kwargs if parameters and name not in named]
            if unknown:
                raise TypeError(f"got an unexpected keyword argument {unknown[0]!r}")
            rest = values[len(wanted) :]
            values = [conformed(value, spec) for value, spec in zip(values, wanted, strict=False)] + rest
            for value, parameter in zip(rest, parameters[len(wanted) :], strict=False):
                require_default(value, parameter.default)
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: "
                f"{kwargs} for signature: {signature_text(wanted, self._signature)}."
            ) from None
        return tuple(values[: len(args)]), dict(zip(kwargs, values[len(args) :], strict=True))

    # --- tracing ---
    def _traced(self, arguments: Any, tensors: list[Tensor], key: Any) -> Program | Uncompiled:
        """The program for a new signature."""
        with self._lock:
            if key not in self._programs:
                found = self._rebound(arguments, key)
                if found is not None:
                    self._programs[key] = found
                    return found
                shown = self._shown
                familiar = self._is_familiar(key, tensors)
                with quietly(familiar):
                    self._keep(key, self._trace(arguments, tensors))
                self._shown = shown
            return self._programs[key]

    def _is_familiar(self, key: Any, tensors: list[Tensor]) -> bool:
        """Whether TensorFlow would not trace here: only variables, or sizes that a signature leaves open, are new.

        Programs are always made for certain sizes. Where TensorFlow runs a program for unknown ones, python runs here
        once more for the new ones, but its prints and its count stay as TensorFlow has them.
        """
        alike = without_identity(key, sizes=False)
        if alike in self._alike:  # the same but for which variables it is given
            return True
        self._alike.add(alike)
        known = self._groups.setdefault(without_sizes(alike), [])
        if self._input_signature is not None:
            known.append([])
            return len(known) > 1
        if context.uncompiled and known:  # TensorFlow knows no sizes there
            return True
        # what ``get_concrete_function`` was asked for, else what is given
        shapes = [spec.shape for spec in self._shown] or [tensor.shape for tensor in tensors]
        if any(_within(shapes, others) for others in known):
            return True
        if self._options["reduce_retracing"] and known:  # a program for any of the sizes that differ
            for others in known:
                shapes = [one.most_specific_compatible_shape(two) for one, two in zip(shapes, others, strict=True)]
            self._shown = [TensorSpec(shape) for shape in shapes]
        known.append(shapes)
        return False

    def _rebound(self, arguments: Any, key: Any) -> Program | Uncompiled | None:
        """The program that was made for other variables of the same kinds, on those of a new key."""
        identities, program = self._templates.get(without_identity(key), ((), None))
        if program is None:
            return None
        given = {id(leaf): leaf for leaf in nest.flatten(arguments) if type(leaf) is Variable}
        pairs = list(zip(identities, variables_of_key(key), strict=True))
        if not all(new in given for _, new in pairs):
            return None
        self._of_others.append(key)
        if len(self._of_others) > _OTHER_VARIABLES:
            self._programs.pop(self._of_others.pop(0), None)
        return program.rebound({old: given[new] for old, new in pairs})

    def _keep(self, key: Any, program: Program | Uncompiled) -> Program | Uncompiled:
        """Keeps the program of a key, also for other variables."""
        identities = tuple(variables_of_key(key))
        if identities:
            self._templates.setdefault(without_identity(key), (identities, program))
        self._programs[key] = program
        return program

    def _trace(self, arguments: Any, tensors: list[Tensor]) -> Program | Uncompiled:
        before = context.prints
        try:
            if not context.quiet or context.heard is not None:
                self._traces += 1
            if any(tensor._value.dtype == object for tensor in tensors):
                raise errors.Uncompilable("a string argument")
            lifted, created = self._trace_once(arguments, tensors, forbid=self._created and self._check_creation)
            if created and self._check_creation:
                self._created = True
                if not lifted.initializes:
                    lifted, _ = self._trace_once(arguments, tensors, forbid=True)
            return Program(lifted, others=len(self._programs))
        except errors.Uncompilable as problem:
            strings = any(tensor._value.dtype == object for tensor in tensors)
            inlined = context.trace is not None  # in the program around it, where more may be known of its arguments
            if inlined and strings:
                raise
            if self._jit_compile and strings:  # TensorFlow compiles sizes that depend on values, but no strings
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"Detected unsupported operations when trying to compile graph {self._name} "
                    f"[_XlaMustCompile=true]: {problem}",
                ) from None
            if not strings and not inlined:
                _warn_uncompiled(self, problem)
            heard = None if strings else context.prints - before
            return Uncompiled(self._converted(), arguments, self._argument_names(arguments), heard)

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
        return state.trace(
            run, avals, convert=functools.partial(returned, function=self._python_function), name=self._name
        ), created

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
        by_itself = self._input_signature is not None and not args and not kwargs
        if by_itself:
            args = tuple(self._input_signature)  # type: ignore[arg-type]
        given = nest.map_structure(_composite_spec, nest.map_structure(spec_of, (args, kwargs)))
        if self._signature is not None:
            bound = self._bind(*given)
            given = bound.args, bound.kwargs
        if self._input_signature is not None:
            if not by_itself:
                self._conform(*given)  # an error where they do not fit
            given = tuple(self._input_signature), {}
        key = key_of(
            nest.map_structure(lambda leaf: repr(leaf) if isinstance(leaf, TypeSpec) else leaf, given), [], self._kept
        )
        with self._lock:
            if key not in self._concretes:
                name = f"__inference_{self._name}_{len(self._concretes)}"
                shown = self._shown
                leaves = nest.flatten(of_specs(given), expand_composites=True)
                self._shown = [leaf for leaf in leaves if isinstance(leaf, TensorSpec)]
                try:
                    self._concretes[key] = ConcreteFunction(
                        self._name, name, self._signature, given, self._find_program()
                    )
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
            with quietly(heard):
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
        self._signature = signature_of(self._python_function)
        self._plain = plain_positionals(self._signature)

    @property
    def input_signature(self) -> Any:
        return self._input_signature

    @property
    def function_spec(self) -> Any:
        return self._signature


def _within(shapes: list[Any], others: list[Any]) -> bool:
    """Whether a program for the other shapes takes these."""
    return len(shapes) == len(others) and all(map(TensorShape.is_subtype_of, shapes, others))


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


def _composite_spec(leaf: Any) -> Any:
    """The spec of a value that is made of tensors and that a spec can stand for; other leaves."""
    spec = leaf._type_spec if nest.is_composite(leaf) else None
    return spec if hasattr(spec, "_kerax_of_specs") else leaf


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
        checked_signature(input_signature)
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
