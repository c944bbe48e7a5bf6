"""Functions of a loaded SavedModel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import jax
from jax import export

from kerax.core import errors, nest, state
from kerax.core.module import AutoTrackable
from kerax.core.random_state import variables_of
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable


class LoadedProgram:
    """A serialized program with the variables it works on.

    Args:
      blob: its bytes.
      inputs: the variables and tensors it reads.
      assigned: the variables it assigns.
      structure: what it returns.
      specs: of its arguments.
      results: specs of its results.
      name: str.
    """

    def __init__(
        self, blob: bytes, inputs: list[Any], assigned: list[Any], structure: Any, specs: Any, results: Any, name: str
    ) -> None:
        self._blob = blob
        self.specs, self.results = list(specs), list(results)
        self.inputs, self.assigned, self.structure, self.name = inputs, assigned, structure, name
        self._lifted: state.Lifted | None = None

    @property
    def blob(self) -> bytes:
        return self._blob

    @property
    def lifted(self) -> state.Lifted:
        if self._lifted is None:
            try:
                made = export.deserialize(bytearray(self._blob))
            except Exception as error:
                raise errors.DataLossError(None, None, f"A program of the SavedModel is damaged: {error}") from error
            call = made.call
            self._lifted = state.Lifted(
                fn=lambda *arrays: list(call(*arrays)),
                inputs=self.inputs,
                assigned=self.assigned,
                structure=self.structure,
                results=[jax.ShapeDtypeStruct((), spec.dtype.dtype) for spec in self.results],
                jaxpr=None,
                name=self.name,
            )
        return self._lifted

    def fits(self, tensors: Sequence[Tensor]) -> bool:
        return all(spec.is_compatible_with(tensor) for spec, tensor in zip(self.specs, tensors, strict=True))

    def run(self, tensors: Sequence[Tensor]) -> Any:
        return state.apply(self.lifted, tensors)


class RestoredConcrete:
    """A function of one signature.

    Args:
      name: str.
      arguments: (args, kwargs) with a ``tf.TensorSpec`` for every tensor.
      names: of the tensors among the arguments.
      programs: for all sizes, or one per size.
    """

    def __init__(
        self, name: str, arguments: Any, names: list[str], programs: list[LoadedProgram], outputs: list[TensorSpec]
    ) -> None:
        self.name = self.__name__ = name
        self.arguments, self.names, self.programs = arguments, names, programs
        self.specs = [leaf for leaf in nest.flatten(arguments) if isinstance(leaf, TensorSpec)]
        self._outputs = outputs

    def match(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any] | None:
        """The tensors of a call, None if it has another structure, other values or dtypes."""
        try:
            wanted, given = nest.flatten(self.arguments), nest.flatten((args, kwargs))
            nest.assert_same_structure(self.arguments, (args, kwargs), check_types=False)
        except (TypeError, ValueError):
            return None
        if len(wanted) != len(given):
            return None
        tensors = []
        for want, value in zip(wanted, given, strict=True):
            if not isinstance(want, TensorSpec):
                if isinstance(value, (Tensor, Variable)) or want != value:
                    return None
                continue
            tensor = _tensor(value, want)
            if tensor is None:
                return None
            tensors.append(tensor)
        return tensors

    def run(self, tensors: Sequence[Tensor]) -> Any:
        """Runs the program for the tensors' sizes.

        Raises:
          errors.InvalidArgumentError: the function was saved for other sizes.
        """
        for program in self.programs:
            if program.fits(tensors):
                return program.run(tensors)
        sizes = [[spec.shape.as_list() for spec in program.specs] for program in self.programs]
        raise errors.InvalidArgumentError(
            None,
            None,
            f"The function {self.name!r} was saved for arguments of the shapes {sizes} only, since its program depends "
            f"on them. Received shapes: {[tensor.shape.as_list() for tensor in tensors]}.",
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        tensors = self.match(args, kwargs)
        if tensors is None:
            flat = [*args, *(kwargs[name] for name in self.names[len(args) :] if name in kwargs)]
            if len(flat) != len(self.specs) or len(args) + len(kwargs) != len(flat):
                raise TypeError(f"{self.name}({', '.join(self.names)}) was called with {args} and {kwargs}.")
            tensors = [_tensor(value, spec) for value, spec in zip(flat, self.specs, strict=True)]
            if any(tensor is None for tensor in tensors):
                raise errors.InvalidArgumentError(
                    None, None, f"{self.name} takes {self.specs}. Received: {args} and {kwargs}"
                )
        return self.run(tensors)

    @property
    def variables(self) -> tuple[Any, ...]:
        return variables_of([source for p in self.programs for source in (*p.inputs, *p.assigned)])

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        return tuple(variable for variable in self.variables if variable.trainable)

    @property
    def captured_inputs(self) -> list[Any]:
        return list(self.programs[0].inputs)

    @property
    def inputs(self) -> list[TensorSpec]:
        return list(self.specs)

    @property
    def outputs(self) -> list[TensorSpec]:
        return list(self._outputs)

    @property
    def structured_outputs(self) -> Any:
        return state._map_slots(self.programs[0].structure, self._outputs)

    @property
    def output_shapes(self) -> Any:
        return nest.map_structure(lambda spec: spec.shape, self.structured_outputs)

    @property
    def output_dtypes(self) -> Any:
        return nest.map_structure(lambda spec: spec.dtype, self.structured_outputs)

    @property
    def structured_input_signature(self) -> Any:
        return self.arguments

    def __repr__(self) -> str:
        return f"<ConcreteFunction {self.name}({', '.join(self.names)}) at {hex(id(self))}>"


def _tensor(value: Any, spec: TensorSpec) -> Tensor | None:
    """A value as a tensor that fits a spec, None if it does not."""
    if isinstance(value, TensorSpec):
        return None
    try:
        tensor = convert_to_tensor(value, None if isinstance(value, (Tensor, Variable)) else spec.dtype)
    except (TypeError, ValueError):
        return None
    return tensor if spec.is_compatible_with(tensor) else None


class RestoredFunction:
    """A function with the signatures that were saved.

    Args:
      name: str.
      concrete_functions: list of ``RestoredConcrete``.
      defaults: (parameter names, default values), to complete calls as python does.
    """

    def __init__(self, name: str, concrete_functions: list[RestoredConcrete], parameters: Any) -> None:
        self.__name__ = self._name = name
        self.concrete_functions = concrete_functions
        self._parameters = parameters

    def _complete(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Keyword arguments in their positions, and defaults for what is missing."""
        if self._parameters is None:
            return args, kwargs
        names, defaults = self._parameters
        kwargs = dict(kwargs)
        values = list(args)
        for name in names[len(values) :]:
            if name in kwargs:
                values.append(kwargs.pop(name))
            elif name in defaults:
                values.append(defaults[name])
            else:
                break
        kwargs.update({name: value for name, value in defaults.items() if name not in {*names, *kwargs}})
        return tuple(values), kwargs

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        for given in (self._complete(args, kwargs), (args, kwargs)):
            for concrete in self.concrete_functions:
                tensors = concrete.match(*given)
                if tensors is not None:
                    return concrete.run(tensors)
        options = "\n  ".join(f"Option {i + 1}: {c.arguments}" for i, c in enumerate(self.concrete_functions))
        raise ValueError(
            "Could not find matching concrete function to call loaded from the SavedModel. Got:\n  Positional "
            f"arguments: {args}\n  Keyword arguments: {kwargs}\n\nExpected these arguments to match one of the "
            f"following {len(self.concrete_functions)} option(s):\n  {options}"
        )

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> RestoredConcrete:
        """The concrete function of a signature given as specs or values.

        Raises:
          ValueError: none was saved for it.
        """
        if not args and not kwargs and len(self.concrete_functions) == 1:
            return self.concrete_functions[0]
        given = nest.flatten(self._complete(args, kwargs))
        for concrete in self.concrete_functions:
            wanted = nest.flatten(concrete.arguments)
            if len(wanted) == len(given) and all(
                want.is_compatible_with(value) if isinstance(want, TensorSpec) else want == value
                for want, value in zip(wanted, given, strict=True)
            ):
                return concrete
        raise ValueError(f"Could not find a concrete function of {self._name!r} for {args} and {kwargs}.")

    @property
    def input_signature(self) -> Any:
        return self.concrete_functions[0].arguments[0] if len(self.concrete_functions) == 1 else None


class SignatureFunction:
    """A signature: called with tensors by name, it returns a dict of tensors."""

    def __init__(self, key: str, concrete: RestoredConcrete, outputs: list[str]) -> None:
        self.name = self.__name__ = f"signature_wrapper_{key}"
        self._concrete, self._outputs = concrete, outputs
        self._arg_keywords = concrete.names

    def __call__(self, *args: Any, **kwargs: Any) -> dict[str, Tensor]:
        names = self._concrete.names
        if len(args) > (1 if len(names) == 1 else 0):
            raise TypeError(
                f"{self.name}({', '.join(f'{name}' for name in names)}) takes 0 positional arguments, got {len(args)}. "
                "Signatures are called with keyword arguments."
            )
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        if set(given) != set(names):
            raise TypeError(f"{self.name} takes the keyword arguments {sorted(names)}. Received: {sorted(given)}")
        tensors = []
        for name, spec in zip(names, self._concrete.specs, strict=True):
            tensor = _tensor(given[name], spec)
            if tensor is None:
                raise errors.InvalidArgumentError(
                    None, None, f"{self.name} takes {spec!r} for {name!r}. Received: {given[name]!r}"
                )
            tensors.append(tensor)
        found = nest.flatten(self._concrete.run(tensors))
        return dict(zip(self._outputs, found, strict=True))

    @property
    def structured_input_signature(self) -> Any:
        specs = zip(self._concrete.names, self._concrete.specs, strict=True)
        return (), {name: TensorSpec(spec.shape, spec.dtype, name) for name, spec in specs}

    @property
    def structured_outputs(self) -> dict[str, TensorSpec]:
        return {
            name: TensorSpec(spec.shape, spec.dtype, name)
            for name, spec in zip(self._outputs, self._concrete.outputs, strict=True)
        }

    @property
    def inputs(self) -> list[TensorSpec]:
        return self._concrete.inputs

    @property
    def outputs(self) -> list[TensorSpec]:
        return self._concrete.outputs

    @property
    def output_shapes(self) -> dict[str, Any]:
        return {name: spec.shape for name, spec in self.structured_outputs.items()}

    @property
    def output_dtypes(self) -> dict[str, Any]:
        return {name: spec.dtype for name, spec in self.structured_outputs.items()}

    @property
    def variables(self) -> tuple[Any, ...]:
        return self._concrete.variables

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        return self._concrete.trainable_variables

    def __repr__(self) -> str:
        return f"<ConcreteFunction {self.name} at {hex(id(self))}>"


class SignatureMap(Mapping[str, Any], AutoTrackable):
    """The signatures of a SavedModel by key."""

    def __init__(self, signatures: dict[str, Any]) -> None:
        self._signatures = signatures

    def __getitem__(self, key: str) -> Any:
        return self._signatures[key]

    def __iter__(self) -> Any:
        return iter(self._signatures)

    def __len__(self) -> int:
        return len(self._signatures)

    def __repr__(self) -> str:
        return f"_SignatureMap({self._signatures})"

    def _trackable_children(self) -> dict[str, Any]:
        return {}


class UserObject(AutoTrackable):
    """An object of a SavedModel: its attributes, without its class."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call = vars(self).get("__call__")
        if call is None:
            raise TypeError("'_UserObject' object is not callable")
        return call(*args, **kwargs)


UserObject.__name__ = UserObject.__qualname__ = "_UserObject"
