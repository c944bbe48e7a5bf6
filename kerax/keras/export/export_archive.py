"""``keras.export.ExportArchive``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.core.function import Function, function
from kerax.core.module import AutoTrackable
from kerax.core.tensor import TensorSpec
from kerax.core.variable import Variable
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.utils.io_utils import print_msg
from kerax.saved_model import save
from kerax.train.trackable import is_trackable

DEFAULT_ENDPOINT = "serve"


def tensor_spec(spec: Any, index: int = 0) -> Any:
    """A ``tf.TensorSpec`` of an InputSpec, a KerasTensor, a TensorSpec or anything with shape and dtype.

    Raises:
      ValueError: it does not say a shape and dtype.
    """
    if isinstance(spec, TensorSpec):
        return spec
    if isinstance(spec, InputSpec):
        if spec.shape is None or spec.dtype is None:
            raise ValueError(
                f"The `shape` and `dtype` must be provided. Received: shape={spec.shape} and dtype={spec.dtype}"
            )
        return TensorSpec(spec.shape, spec.dtype, spec.name)
    if isinstance(spec, KerasTensor):
        return TensorSpec((None, *tuple(spec.shape)[1:]), spec.dtype, spec.name)
    if hasattr(spec, "shape") and hasattr(spec, "dtype"):
        return TensorSpec(spec.shape, spec.dtype, getattr(spec, "_name", None))
    raise ValueError(f"An input signature is made of InputSpecs, TensorSpecs or tensors. Received: {spec}")


class _Exported(AutoTrackable):
    """The object that is saved."""


class ExportArchive:
    """Collects functions of a model, and writes them as a SavedModel for inference.

    Args:
      format: "saved_model".
      **kwargs: none.

    Raises:
      ValueError: another format.

    >>> import kerax as tf, os, tempfile
    >>> model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(2)])
    >>> archive = tf.keras.export.ExportArchive()
    >>> archive.track(model)
    >>> _ = archive.add_endpoint("serve", model.call, [tf.keras.InputSpec(shape=(None, 3), dtype="float32")])
    >>> folder = os.path.join(tempfile.mkdtemp(), "model")
    >>> archive.write_out(folder, verbose=False)
    >>> tf.saved_model.load(folder).serve(tf.ones((4, 3))).shape
    TensorShape([4, 2])
    """

    def __init__(self, format: str = "saved_model", **kwargs: Any) -> None:
        if format != "saved_model":
            raise ValueError(f"Unsupported format: {format}")
        if kwargs:
            raise TypeError(f"ExportArchive() got unexpected keyword arguments: {list(kwargs)}")
        self._exported = _Exported()
        self._exported._tracked = []
        self._endpoint_names: list[str] = []

    @property
    def variables(self) -> list[Variable]:
        found = [variable for resource in self._exported._tracked for variable in resource.variables]
        return list({id(variable): variable for variable in found}.values())

    @property
    def trainable_variables(self) -> list[Variable]:
        return [variable for variable in self.variables if variable.trainable]

    @property
    def non_trainable_variables(self) -> list[Variable]:
        return [variable for variable in self.variables if not variable.trainable]

    def track(self, resource: Any) -> None:
        """Saves the variables of a layer or model with the endpoints.

        Args:
          resource: a built layer, or another trackable object.

        Raises:
          ValueError: it is none, or is not built.
        """
        if isinstance(resource, Layer) and not resource.built:
            raise ValueError(
                "The layer provided has not yet been built. It must be built before export. Call it on some data, or "
                "call its `build` method."
            )
        if not is_trackable(resource):
            raise ValueError(
                f"Invalid resource type. Expected an instance of a TensorFlow `Trackable` object. Received instead an "
                f"object of type '{type(resource)}' which is not a Trackable."
            )
        if not any(resource is other for other in self._exported._tracked):
            self._exported._tracked = [*self._exported._tracked, resource]

    def add_endpoint(
        self, name: str, fn: Callable[..., Any], input_signature: Any = None, **kwargs: Any
    ) -> Callable[..., Any]:
        """Adds a function that can be called after loading.

        Args:
          name: str, the attribute it becomes, and its key among the signatures.
          fn: function of tensors whose variables are tracked; a ``tf.function`` that was called needs no signature.
          input_signature: list of specs of its positional arguments; unknown sizes are None.
          **kwargs: ``jax2tf_kwargs`` and ``is_static``, of Keras with the JAX backend; they must be unset.

        Returns:
          the function as it is saved.

        Raises:
          ValueError: the name is taken, or there is no signature.
        """
        if any(kwargs.values()):
            raise ValueError(f"Unsupported arguments: {list(kwargs)}. Programs are exported without `jax2tf`.")
        if name in self._endpoint_names:
            raise ValueError(f"Endpoint name '{name}' is already taken.")
        if name != DEFAULT_ENDPOINT and not name.isidentifier():
            raise ValueError(f"Endpoint names are python identifiers. Received: name='{name}'")
        if input_signature is not None:
            specs = nest.map_structure(tensor_spec, tuple(input_signature))
            wrapped = fn.python_function if isinstance(fn, Function) else fn

            def endpoint(*args: Any) -> Any:
                return wrapped(*args)

            endpoint.__name__ = name
            made = function(endpoint, input_signature=specs, autograph=False)
        elif isinstance(fn, Function):
            if not fn._concretes and not fn._programs and fn.input_signature is None:
                raise ValueError(
                    f"The provided tf.function '{fn}' has never been called. To specify the expected shape and dtype "
                    "of the function's arguments, you must either provide a function that has been called at least "
                    "once, or alternatively pass an `input_signature` argument in `add_endpoint()`."
                )
            made = fn
        else:
            raise ValueError(
                "If the `fn` argument provided is not a `tf.function`, you must provide an `input_signature` argument "
                "to specify the shape and dtype of the function arguments."
            )
        setattr(self._exported, name, made)
        self._endpoint_names.append(name)
        return made

    def track_and_add_endpoint(self, name: str, resource: Any, input_signature: Any, **kwargs: Any) -> Any:
        """Tracks a layer or model and adds its call.

        Args:
          name: str.
          resource: a built layer or model.
          input_signature: list of specs.
        """
        self.track(resource)
        return self.add_endpoint(name, lambda *args: resource(*args), input_signature, **kwargs)

    def add_variable_collection(self, name: str, variables: Any) -> None:
        """Adds a list of variables under a name.

        Args:
          name: str, the attribute it becomes.
          variables: list of variables.

        Raises:
          ValueError: something else.
        """
        if not isinstance(variables, (list, tuple, set)):
            raise ValueError(
                f"Expected `variables` to be a list/tuple/set. Received instead object of type '{type(variables)}'."
            )
        wrong = [variable for variable in variables if not isinstance(variable, Variable)]
        if wrong:
            raise ValueError(
                "Expected all elements in `variables` to be `tf.Variable` instances. Found instead the following "
                f"types: {sorted({str(type(item)) for item in wrong})}"
            )
        setattr(self._exported, name, list(variables))

    def write_out(self, filepath: Any, options: Any = None, verbose: bool = True) -> None:
        """Writes the SavedModel.

        Args:
          filepath: str, the folder.
          options: ``tf.saved_model.SaveOptions``.
          verbose: bool, whether to print the endpoints.

        Raises:
          ValueError: there is no endpoint.
        """
        if not self._endpoint_names:
            raise ValueError("No endpoints have been set yet. Call add_endpoint().")
        if self._exported._tracked:
            for name in ("variables", "trainable_variables", "non_trainable_variables"):
                if not hasattr(self._exported, name):
                    setattr(self._exported, name, getattr(self, name))
        signatures = {}
        for name in self._endpoint_names:
            made = getattr(self._exported, name)
            found = self._concrete(name) if made.input_signature is None else made
            signatures.update({name: found} if found is not None else {})
        if "serving_default" not in self._endpoint_names and self._endpoint_names[0] in signatures:
            signatures["serving_default"] = signatures[self._endpoint_names[0]]
        save(self._exported, filepath, signatures=signatures, options=options)
        if verbose:
            print_msg(f"Saved artifact at '{filepath}'. The following endpoints are available:\n\n{self._described()}")

    def _concrete(self, name: str) -> Any:
        """The program of an endpoint, or None where there is none."""
        made = getattr(self._exported, name)
        if made.input_signature is not None:
            return made.get_concrete_function()
        return next(iter(made._concretes.values()), None)

    def _described(self) -> str:
        found = []
        for name in self._endpoint_names:
            concrete = self._concrete(name)
            lines = [] if concrete is None else concrete.pretty_printed_signature().split("\n")[1:]
            found.append("\n".join([f"* Endpoint '{name}'", *lines]))
        return "\n\n".join(found)
