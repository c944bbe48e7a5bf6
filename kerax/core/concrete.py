"""What ``tf.function(…).get_concrete_function`` returns: a function of one signature."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from kerax.core import errors, nest
from kerax.core.context import context
from kerax.core.graph import FunctionDef, FunctionGraph, GraphTensor
from kerax.core.program import Program, Uncompiled, is_array
from kerax.core.random_state import variables_of
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable


class Sizes(NamedTuple):
    """Sizes that stand for unknown ones while a function is traced for a signature.

    Args:
      batch: int or None, of first dimensions; None leaves them unknown.
      inner: int, of the dimensions between.
      last: int, of the last one of three or more dimensions: the channels of an image.
      rank: int, of shapes of unknown rank.
    """

    batch: int | None
    inner: int
    last: int
    rank: int = 0

    def fill(self, shape: TensorShape) -> tuple[int | None, ...]:
        """A shape with these sizes where it has None."""
        sizes = (None,) * self.rank if shape.rank is None else shape.as_list()
        end = len(sizes) - 1
        return tuple(
            known if known is not None else self.batch if not i else self.last if i == end > 1 else self.inner
            for i, known in enumerate(sizes)
        )


# In the order they are tried: alike, then, for functions that want certain sizes (those of their weights), by search.
# One comes last: it fits nearly everything, by broadcasting.
EXAMPLE_SIZES = tuple(Sizes(size, size, size) for size in (2, 4, 8, 12, 32, 64, 128))
SEARCHED_SIZES = (
    *(Sizes(2, size, last) for last in (1, 3) for size in range(2, 129)),
    *(Sizes(2, size, size) for size in range(2, 129)),
    *(Sizes(size, size, size) for size in range(2, 129)),
    Sizes(2, 1, 1),
    Sizes(1, 1, 1),
)

# The first of all where ranks are unknown.
EXAMPLE_RANKS = tuple(Sizes(2, *inner, rank) for inner in ((2, 2), (4, 3), (4, 1)) for rank in range(6))

_SEARCH_SECONDS = 10.0


def example(leaf: Any, sizes: Sizes = EXAMPLE_SIZES[0]) -> Any:
    """A value of a spec's shape, with ``sizes`` for unknown ones; other leaves."""
    if not isinstance(leaf, TensorSpec):
        return leaf
    shape = sizes.fill(leaf.shape)
    if leaf.dtype.dtype == object:
        return Tensor(np.full(shape, b"", dtype=object))
    return Tensor(jnp.zeros(shape, leaf.dtype.dtype))


def is_open(leaf: Any) -> bool:
    """Whether a leaf of a signature is a spec with unknown sizes."""
    return isinstance(leaf, TensorSpec) and not leaf.shape.is_fully_defined()


def of_specs(arguments: Any) -> Any:
    """Arguments with values of ``tf.TensorSpec``s for the specs of values that are made of tensors."""
    return nest.map_structure(
        lambda leaf: leaf._kerax_of_specs() if hasattr(leaf, "_kerax_of_specs") else leaf, arguments
    )


class ConcreteFunction:
    """One signature of a function: tensors of given dtypes and shapes, and python values.

    Args:
      label: str, the function's name.
      name: str, this program's name.
      signature: python's signature of the function, None if it has none.
      arguments: (args, kwargs) with a ``tf.TensorSpec`` for every tensor.
      find: gives the Program for (args, kwargs) with Tensors in them.
    """

    def __init__(
        self,
        label: str,
        name: str,
        signature: inspect.Signature | None,
        arguments: tuple[tuple[Any, ...], dict[str, Any]],
        find: Callable[[Any], Program | Uncompiled],
    ) -> None:
        self._label = label
        self.function: Any = None  # the tf.function it is of
        self.name = name
        self.__name__ = name
        self._find = find
        signature = self._given = None if signature is None else _of_one_call(signature, arguments)
        self._shown = _by_parameter(signature, arguments)
        self._arguments = arguments = of_specs(arguments)
        self._parameters = _by_parameter(signature, arguments)
        self._specs = [leaf for leaf in _leaves(arguments) if isinstance(leaf, TensorSpec)]
        self.sizes = EXAMPLE_SIZES[0]  # for which the function was traced, where its signature leaves sizes open
        self._program = self._first_program()
        self._outputs: Any = None
        self._graph: FunctionGraph | None = None

    def _examples(self, sizes: Sizes) -> Any:
        return nest.map_structure(lambda leaf: example(leaf, sizes), self._arguments, expand_composites=True)

    def _first_program(self) -> Program | Uncompiled:
        """The program for some sizes: the first that the function accepts."""
        problems: dict[Any, Exception] = {}  # by the shapes tried
        begin = time.process_time()
        tried = (*EXAMPLE_SIZES, *SEARCHED_SIZES) if any(map(is_open, self._specs)) else EXAMPLE_SIZES[:1]
        if any(spec.shape.rank is None for spec in self._specs):
            tried = (*EXAMPLE_RANKS, *tried)
        for self.sizes in tried:
            shapes = tuple(self.sizes.fill(spec.shape) for spec in self._specs)
            if shapes in problems:
                continue
            try:
                return self._find(self._examples(self.sizes))
            except (ValueError, TypeError, errors.OpError) as error:
                problems[shapes] = error
                # what is said alike of all sizes so far is not about the sizes
                if len(problems) == len(EXAMPLE_SIZES) and len(set(map(str, problems.values()))) == 1:
                    break
                if time.process_time() - begin > _SEARCH_SECONDS:
                    break
        raise next(iter(problems.values()))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        tensors = [
            self._converted(value, spec, index)
            for index, (value, spec) in enumerate(zip(self._bound(args, kwargs), self._specs, strict=True))
        ]
        program = self._for_sizes(tensors)
        return program.run(tensors)

    def _bound(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        """The tensors of a call, given like the python function's arguments or as tensors alone."""
        try:
            return self._bound_like_python(args, kwargs)
        except TypeError as problem:
            names = _unique([spec.name or name for name, spec in zip(self._spec_names(), self._specs, strict=True)])
            flat = [*args, *(kwargs[name] for name in names[len(args) :] if name in kwargs)]
            if len(flat) == len(self._specs) and len(args) + len(kwargs) == len(flat) and all(map(_fits, flat)):
                return flat
            wrong = self._flat_problem(names, args, kwargs)
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} "
                f"for signature: {self._text()}.\nFallback to flat signature also failed due to: {wrong}"
            ) from None

    def _flat_problem(self, names: list[str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        label = f"{self._label}({', '.join(names)})"
        unknown = [name for name in kwargs if name not in names]
        if unknown:
            return f"{label} got unexpected keyword arguments: {', '.join(unknown)}."
        if len(args) > len(names):
            return f"{label} takes {len(names)} positional arguments, got {len(args)}."
        missing = [name for name in names[len(args) :] if name not in kwargs]
        return f"{label} missing required arguments: {', '.join(missing)}."

    def _bound_like_python(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        if self._given is None:
            raise TypeError("the function has no signature")
        parameters = [
            p.replace(default=self._parameters[p.name])
            if p.name in self._parameters and not _tensors_in(self._parameters[p.name])
            else p
            for p in self._given.parameters.values()
        ]
        try:
            bound = self._given.bind(*args, **kwargs)
        except TypeError:  # what it was made for may be left out
            bound = inspect.Signature(_defaults_last(parameters)).bind(*args, **kwargs)
        bound.apply_defaults()
        values = []
        for name, wanted in self._parameters.items():
            got = bound.arguments.get(name, inspect.Parameter.empty)
            wanted_leaves, got_leaves = _leaves(wanted), _leaves(got)
            if len(wanted_leaves) != len(got_leaves):
                raise TypeError(f"Can not cast {got!r} to {type_text(self._shown[name])}")
            for want, value in zip(wanted_leaves, got_leaves, strict=True):
                if isinstance(want, TensorSpec):
                    values.append(value)
                elif want is not value and not (type(want) is type(value) and want == value):
                    raise TypeError(f"Can not cast {value!r} to {type_text(want)}")
        return values

    def _converted(self, value: Any, spec: TensorSpec, index: int) -> Tensor:
        tensor = convert_to_tensor(value, None if isinstance(value, (Tensor, Variable)) else spec.dtype)
        if tensor.dtype != spec.dtype:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"cannot compute {self.name} as input #{index}(zero-based) was expected to be a "
                f"{spec.dtype.name} tensor but is a {tensor.dtype.name} tensor [Op:{self.name}]",
            )
        # eagerly, as in TensorFlow, nobody looks at the sizes before the ops do
        if not spec.is_compatible_with(tensor) and context.trace is not None:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `Can not cast {TensorSpec(tensor.shape, tensor.dtype)!r} "
                f"to {spec!r}`. Received a tensor of shape {tensor.shape} for {self._text()}."
            )
        return tensor

    def _for_sizes(self, tensors: Sequence[Tensor]) -> Program | Uncompiled:
        as_made = all(spec.shape == tensor.shape for spec, tensor in zip(self._specs, tensors, strict=True))
        if as_made and not any(map(is_open, self._specs)):
            return self._program
        feed = iter(tensors)
        return self._find(
            nest.map_structure(
                lambda leaf: next(feed) if isinstance(leaf, TensorSpec) else leaf,
                self._arguments,
                expand_composites=True,
            )
        )

    @property
    def _returned(self) -> Any:
        """The specs of what python returned, where it runs uncompiled and has run."""
        return getattr(self._program, "returned", None)

    # --- what it is -------------------------------------------------------------------------------------
    def _spec_names(self) -> list[str]:
        return [
            name for name, value in self._parameters.items() for leaf in _leaves(value) if isinstance(leaf, TensorSpec)
        ]

    @property
    def inputs(self) -> list[GraphTensor]:
        """The tensors it takes, and those that it captures."""
        return list(self.graph.inputs)

    @property
    def outputs(self) -> list[GraphTensor]:
        """The tensors it returns, sizes that are not known as None."""
        self._output_specs()  # an error where they are not known
        return list(self.graph.outputs)

    def _output_specs(self) -> list[TensorSpec]:
        if self._outputs is None:
            results = self._results(self._program)
            shapes = [tuple(result.shape) for result in results]
            if any(map(is_open, self._specs)):
                others = self._other_results()
                shapes = [_common(shape, tuple(other.shape)) for shape, other in zip(shapes, others, strict=True)]
            self._outputs = [TensorSpec(shape, r.dtype) for shape, r in zip(shapes, results, strict=True)]
        return list(self._outputs)

    def _other_results(self) -> list[Any]:
        """Its results for other sizes, as far as it takes others."""
        other = self.sizes._replace(rank=self.sizes.rank or 1)
        other_batch = other._replace(batch=self.sizes.batch + 1)
        alike = other._replace(batch=3, inner=3, last=3)
        for sizes in (alike, other_batch) if self.sizes == EXAMPLE_SIZES[0] else (other_batch,):
            try:
                return self._results(self._find(self._examples(sizes)))
            except (ValueError, TypeError, errors.OpError):  # it does not take these
                continue
        return self._results(self._program)

    def _results(self, program: Program | Uncompiled) -> list[Any]:
        if not isinstance(program, Uncompiled):
            return program.lifted.results
        if self._returned is None:
            raise ValueError(f"{self._label} runs uncompiled: the shapes of its results are known when it has run.")
        return nest.flatten(self._returned)

    def _packed(self, values: Sequence[Any]) -> Any:
        if self._program.lifted is None:
            return nest.pack_sequence_as(self._returned, values)
        return self._program.lifted.pack(values)

    @property
    def output_shapes(self) -> Any:
        return self._packed([spec.shape for spec in self._output_specs()])

    @property
    def output_dtypes(self) -> Any:
        return self._packed([spec.dtype for spec in self._output_specs()])

    @property
    def structured_outputs(self) -> Any:
        """What it returns, with the graph's tensors."""
        return self._packed(self.outputs)

    @property
    def structured_input_signature(self) -> tuple[Any, dict[str, Any]]:
        """(args, kwargs) that it takes, with a ``tf.TensorSpec`` for every tensor."""
        args, kwargs = [], {}
        parameters = self._given.parameters if self._given is not None else {}
        for name, value in self._shown.items():
            named = _named(value, name)
            if name in parameters and parameters[name].kind is inspect.Parameter.KEYWORD_ONLY:
                kwargs[name] = named
            else:
                args.append(named)
        return tuple(args), kwargs

    @property
    def function_type(self) -> Any:
        """Python's signature of the function, which shows the types."""
        return None if self._given is None else FunctionType(self._given, self._text())

    @property
    def inference_fn(self) -> ConcreteFunction:
        """The function without its gradient; here the same."""
        return self

    @property
    def captured_inputs(self) -> list[Any]:
        """The variables and tensors from outside that it uses."""
        return [] if self._program.lifted is None else list(self._program.lifted.inputs)

    @property
    def variables(self) -> tuple[Any, ...]:
        """The variables that it reads or assigns."""
        lifted = self._program.lifted
        return () if lifted is None else variables_of([*lifted.inputs, *lifted.assigned])

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        return tuple(variable for variable in self.variables if variable.trainable)

    @property
    def function_def(self) -> FunctionDef:
        """What the function takes and gives, and the nodes of its graph."""
        return FunctionDef(self.name, self.graph)

    @property
    def graph(self) -> FunctionGraph:
        """The traced program as a graph."""
        if self._graph is None:
            lifted, known = self._program.lifted, self._program.lifted is not None or self._returned is not None
            names = zip(self._specs, self._spec_names(), strict=True)
            self._graph = FunctionGraph(
                self._label,
                lifted,
                [TensorSpec(spec.shape, spec.dtype, spec.name or name) for spec, name in names],
                self._output_specs() if known else (),
                self.structured_input_signature,
                captures=[] if lifted is None else list(lifted.inputs),
            )
            self._graph.structured_outputs = self._packed(self._graph.outputs) if known else None
        return self._graph

    def add_to_graph(self, g: Any = None, overwrite: bool = False) -> None:
        """Nothing to do: programs are no part of a graph."""

    def add_gradient_functions_to_graph(self, g: Any = None) -> None:
        """Nothing to do: programs are no part of a graph."""

    def pretty_printed_signature(self, verbose: bool = True) -> str:
        """The signature as text."""
        if not verbose:
            return self._text()
        kinds = self._given.parameters if self._given is not None else {}
        lines = ["Input Parameters:"]
        for name, value in self._shown.items():
            kind = kinds[name].kind.name if name in kinds else "POSITIONAL_ONLY"
            lines.append(f"  {name} ({kind}): {type_text(value)}")
        lines += ["Output Type:", f"  {self._output_text()}", "Captures:"]
        lines += [
            f"  {id(source)}: TensorSpec(shape=(), dtype=tf.resource, name=None)"
            if isinstance(source, Variable)
            else f"  {id(source)}: {TensorSpec(source.shape, source.dtype)!r}"
            for source in self.captured_inputs
        ] or ["  None"]
        return "\n".join(lines)

    def _output_text(self) -> str:
        unknown = self._program.lifted is None and self._returned is None
        return "<unknown>" if unknown else type_text(self._packed(self._output_specs()))

    def _text(self) -> str:
        parts, previous = [], None
        for name, value in [*self._shown.items(), (None, None)]:
            kind = self._given.parameters[name].kind if self._given is not None and name is not None else None
            if previous is inspect.Parameter.POSITIONAL_ONLY and kind is not previous:
                parts.append("/")
            if kind is inspect.Parameter.KEYWORD_ONLY and kind is not previous:
                parts.append("*")
            parts += [f"{name}: {type_text(value)}"] if name is not None else []
            previous = kind
        return f"({', '.join(parts)}) -> {self._output_text()}"

    def __str__(self) -> str:
        return f"ConcreteFunction {self.pretty_printed_signature()}"

    def __repr__(self) -> str:
        return f"<ConcreteFunction {self._text()} at {hex(id(self))}>"


class FunctionType(inspect.Signature):
    """A python signature that is shown with the types of one trace."""

    def __init__(self, signature: inspect.Signature, text: str) -> None:
        super().__init__(list(signature.parameters.values()))
        self._text = text

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__


def _common(shape: tuple[int | None, ...], other: tuple[int | None, ...]) -> tuple[int | None, ...] | None:
    """The shape of which both are; None where their ranks differ."""
    if len(shape) != len(other):
        return None
    return tuple(a if a == b else None for a, b in zip(shape, other, strict=True))


def _leaves(structure: Any) -> list[Any]:
    return nest.flatten(structure, expand_composites=True)


def _tensors_in(structure: Any) -> bool:
    return any(isinstance(leaf, TypeSpec) for leaf in _leaves(structure))


def _unique(names: list[str]) -> list[str]:
    """Names of which the ones that come again are numbered: x, x_1, x_2."""
    counts: dict[str, int] = {}
    found = []
    for name in names:
        count = counts[name] = counts.get(name, -1) + 1
        found.append(f"{name}_{count}" if count else name)
    return found


def _fits(value: Any) -> bool:
    return is_array(value) or isinstance(value, (Variable, int, float, bool, complex, str, bytes, list, tuple))


def _named(value: Any, name: str) -> Any:
    """A structure whose specs without a name are called after the argument and their place in it."""
    if isinstance(value, Mapping) and not isinstance(value, TensorSpec):
        return type(value)((key, _named(item, f"{name}_{key}")) for key, item in value.items())
    if type(value) in (list, tuple):
        return type(value)(_named(item, f"{name}_{index}") for index, item in enumerate(value))
    return nest.map_structure(
        lambda leaf: TensorSpec(leaf.shape, leaf.dtype, leaf.name or name) if isinstance(leaf, TensorSpec) else leaf,
        value,
    )


def _of_one_call(signature: inspect.Signature, arguments: tuple[tuple[Any, ...], dict[str, Any]]) -> inspect.Signature:
    """The signature with a parameter for every argument that ``*args`` and ``**kwargs`` take in this call."""
    kinds = inspect.Parameter
    given = signature.bind(*arguments[0], **arguments[1]).arguments
    any_number = [given.get(p.name, ()) for p in signature.parameters.values() if p.kind is kinds.VAR_POSITIONAL]
    found = []
    for p in signature.parameters.values():
        if p.kind is kinds.VAR_POSITIONAL:
            names = [f"{p.name}_{index}" for index in range(len(given.get(p.name, ())))]
            found += [kinds(name, kinds.POSITIONAL_ONLY) for name in names]
        elif p.kind is kinds.VAR_KEYWORD:
            found += [kinds(name, kinds.KEYWORD_ONLY) for name in sorted(given.get(p.name, ()))]
        elif any_number and p.kind is kinds.POSITIONAL_OR_KEYWORD:
            # in front of others all are given
            found.append(p.replace(kind=kinds.POSITIONAL_ONLY, default=kinds.empty if any_number[0] else p.default))
        else:
            found.append(p)
    return signature.replace(parameters=_defaults_last(found))


def _by_parameter(signature: inspect.Signature | None, arguments: tuple[tuple[Any, ...], dict[str, Any]]) -> Any:
    args, kwargs = arguments
    if signature is None:
        return {**{f"arg{i}": value for i, value in enumerate(args)}, **kwargs}
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    return dict(bound.arguments)


def _defaults_last(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    """Parameters that python accepts: one without a default behind one with becomes required by keyword."""
    kinds = inspect.Parameter
    seen, found = False, []
    for parameter in parameters:
        positional = parameter.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
        if seen and positional and parameter.default is kinds.empty:
            parameter = parameter.replace(default=kinds.empty, kind=kinds.KEYWORD_ONLY)
        seen = seen or (positional and parameter.default is not kinds.empty)
        found.append(parameter)
    order = [kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD, kinds.VAR_POSITIONAL, kinds.KEYWORD_ONLY]
    return sorted(found, key=lambda p: [*order, kinds.VAR_KEYWORD].index(p.kind))


def type_text(value: Any) -> str:
    """A structure of specs and python values as TensorFlow writes types."""
    if isinstance(value, TypeSpec):
        return repr(value)
    if isinstance(value, Mapping):
        return f"Dict[{', '.join(f'[{key!r}, {type_text(item)}]' for key, item in value.items())}]"
    if isinstance(value, (list, tuple)):
        return f"{'List' if isinstance(value, list) else 'Tuple'}[{', '.join(map(type_text, value))}]"
    return f"Literal[{value!r}]"
