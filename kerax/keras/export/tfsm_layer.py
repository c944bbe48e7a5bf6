"""``keras.layers.TFSMLayer``."""

from __future__ import annotations

import os
from typing import Any

from kerax.keras.engine.layer import Layer
from kerax.keras.saving.registration import CustomObjectScope
from kerax.keras.saving.serialization import in_safe_mode
from kerax.saved_model import load


class TFSMLayer(Layer):
    """A layer that calls a function of a SavedModel, for inference.

    Args:
      filepath: str, the folder.
      call_endpoint: str, the function or signature to call.
      call_training_endpoint: str, the one to call with ``training=True``.
      trainable: bool, whether the SavedModel's trainable variables are trained.
      name: str.
      dtype: dtype or dtype policy.

    Raises:
      ValueError: there is no such endpoint.

    >>> import kerax as tf, os, tempfile
    >>> model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(2)])
    >>> folder = os.path.join(tempfile.mkdtemp(), "model")
    >>> model.export(folder, verbose=False)
    >>> tf.keras.layers.TFSMLayer(folder)(tf.ones((1, 3))).shape
    TensorShape([1, 2])
    """

    def __init__(
        self,
        filepath: Any,
        call_endpoint: str = "serve",
        call_training_endpoint: str | None = None,
        trainable: bool = True,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(trainable=trainable, name=name, dtype=dtype)
        self.filepath = os.fspath(filepath)
        self.call_endpoint = call_endpoint
        self.call_training_endpoint = call_training_endpoint
        self._reloaded_obj = load(self.filepath)
        self.call_endpoint_fn = self._endpoint(call_endpoint)
        self.call_training_endpoint_fn = (
            self.call_endpoint_fn if call_training_endpoint is None else self._endpoint(call_training_endpoint)
        )
        found = [variable for function in (self.call_endpoint_fn, self.call_training_endpoint_fn)
                 for concrete in getattr(function, "concrete_functions", (function,))
                 for variable in concrete.variables]  # fmt: skip
        for variable in {id(variable): variable for variable in found}.values():
            self._track_existing(variable)
        self.built = True

    def _track_existing(self, variable: Any) -> None:
        if variable.trainable:
            self._trainable_variables.append(variable)
        else:
            self._non_trainable_variables.append(variable)

    def _endpoint(self, name: str) -> Any:
        found = getattr(self._reloaded_obj, name, None)
        if found is not None and callable(found):
            return found
        signatures = self._reloaded_obj.signatures
        if name in signatures:
            return signatures[name]
        raise ValueError(
            f"The endpoint '{name}' is neither an attribute of the reloaded SavedModel, nor an entry in the "
            "`signatures` field of the reloaded SavedModel. Select another endpoint via the `call_endpoint` argument. "
            f"Available endpoints for this SavedModel: {list(signatures)}"
        )

    def call(self, inputs: Any, training: bool = False, **kwargs: Any) -> Any:
        if training:
            return self.call_training_endpoint_fn(inputs, **kwargs)
        return self.call_endpoint_fn(inputs, **kwargs)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "filepath": self.filepath,
            "call_endpoint": self.call_endpoint,
            "call_training_endpoint": self.call_training_endpoint,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None, safe_mode: Any = None) -> Any:
        """A layer of ``get_config``'s dict.

        Raises:
          ValueError: in safe mode, since it runs a program of another file.
        """
        mode = in_safe_mode()
        safe_mode = safe_mode if safe_mode is not None else (True if mode is None else mode)
        if safe_mode:
            raise ValueError(
                "Requested the deserialization of a `TFSMLayer`, which loads an external SavedModel. This carries a "
                "potential risk of arbitrary code execution and thus it is disallowed by default. If you trust the "
                "source of the artifact, you can override this error by passing `safe_mode=False` to the loading "
                "function, or calling `keras.config.enable_unsafe_deserialization()."
            )
        with CustomObjectScope(custom_objects or {}):
            return cls(**config)
