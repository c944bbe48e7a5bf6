"""Models of Keras 2's SavedModels whose classes are not known: what was saved of their calls runs in their place."""

from __future__ import annotations

import os
from typing import Any

from kerax.core import nest


def load_model(folder: Any, config: dict[str, Any], compile: bool, options: Any = None) -> Any:
    """A model that calls a SavedModel's programs, under the class's name, or the loaded object if it cannot be called.

    Args:
      folder: path of the SavedModel.
      config: the model's serialized config; empty if it has none.
      compile: bool, whether to compile the model as the saved one was.
      options: ``tf.saved_model.LoadOptions``.
    """
    from kerax.keras.engine.model import Model  # models are saved by what stands here
    from kerax.saved_model import load

    restored = load(os.fspath(folder), options=options)
    function = vars(restored).get("__call__")
    if function is None:
        return restored

    class Revived(Model):
        def __init__(self) -> None:
            super().__init__(name=(config.get("config") or {}).get("name"))
            self._hide(_function=function)
            for variable in getattr(restored, "variables", ()):
                self._tracker.track(variable)
            inputs = function.concrete_functions[0].structured_input_signature[0][0]
            self._build_shapes_dict = {"input_shape": nest.map_structure(lambda spec: tuple(spec.shape), inputs)}
            self.built = True

        def call(self, inputs: Any, training: Any = False) -> Any:
            return self._function(inputs, training=bool(training))

    Revived.__name__ = Revived.__qualname__ = config.get("class_name", "Model")
    model = Revived()
    if compile and config.get("compile_config"):
        model.compile_from_config(config["compile_config"])
    return model
