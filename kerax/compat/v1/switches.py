"""The switches between TensorFlow 1 and 2: version 2 is on already and stays so."""

from __future__ import annotations

import importlib
import warnings
from typing import Any, NoReturn


def enable_eager_execution(config: Any = None, device_policy: Any = None, execution_mode: Any = None) -> None:
    """Nothing to do: kerax always executes eagerly outside of `tf.function`."""


def enable_v2_behavior() -> None:
    """Nothing to do: TensorFlow 2's behaviour is the only one."""


def enable_resource_variables() -> None:
    """Nothing to do: variables are what TensorFlow 1 calls resource variables."""


def enable_tensor_equality() -> None:
    """Nothing to do: ``==`` compares tensors by value."""


def enable_v2_tensorshape() -> None:
    """Nothing to do: the elements of a `TensorShape` are ints or None."""


def disable_eager_execution() -> None:
    """Changes nothing, with a warning: Keras trains and predicts in compiled programs either way.

    Differs from TensorFlow: execution stays eager. What only a graph can do raises an error where it is asked for
    (`placeholder`, a session that is fed).
    """
    warnings.warn(
        "kerax does not have TensorFlow 1's graph mode: execution stays eager after "
        "tf.compat.v1.disable_eager_execution()",
        RuntimeWarning,
        stacklevel=2,
    )


def disable_v2_behavior() -> NoReturn:
    """Refused: there are no TensorFlow 1 graphs in kerax.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("kerax does not have TensorFlow 1's behaviour: tf.compat.v1.disable_v2_behavior()")


def resource_variables_enabled() -> bool:
    """True."""
    return True


def executing_eagerly() -> bool:
    """As `tf.executing_eagerly`: False while a `tf.function` is traced."""
    return importlib.import_module("kerax").executing_eagerly()


def executing_eagerly_outside_functions() -> bool:
    """True."""
    return True


def reset_default_graph() -> None:
    """Nothing to do: there is no default graph."""


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> NoReturn:
    """Refused, as TensorFlow does it while it executes eagerly.

    Raises:
      RuntimeError: always.
    """
    raise RuntimeError("tf.placeholder() is not compatible with eager execution.")


def set_random_seed(seed: int) -> None:
    """`tf.random.set_seed` under its old name.

    Args:
      seed: int.
    """
    importlib.import_module("kerax").random.set_seed(seed)


def make_one_shot_iterator(dataset: Any) -> Any:
    """An iterator over a `tf.data.Dataset`."""
    return iter(dataset)


def _of_specs(name: str, dataset_or_iterator: Any) -> Any:
    specs = dataset_or_iterator.element_spec
    return importlib.import_module("kerax").nest.map_structure(lambda spec: getattr(spec, name), specs)


def get_output_shapes(dataset_or_iterator: Any) -> Any:
    """The shapes of the components of a dataset's elements."""
    return _of_specs("shape", dataset_or_iterator)


def get_output_types(dataset_or_iterator: Any) -> Any:
    """The dtypes of the components of a dataset's elements."""
    return _of_specs("dtype", dataset_or_iterator)


def get_output_classes(dataset_or_iterator: Any) -> Any:
    """The classes of the components of a dataset's elements."""
    return _of_specs("value_type", dataset_or_iterator)
