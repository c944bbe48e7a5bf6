"""Losses between a teacher's and a student's outputs."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.keras import losses, ops
from kerax.keras.saving.serialization import serialize_keras_object


def as_function(loss: Any) -> Any:
    """A loss of its name; None and functions as they are."""
    return losses.get(loss) if isinstance(loss, str) else loss


def _functions(loss: Any, message: str) -> Any:
    """A structure of losses, at least one of them not None."""
    found = as_function(loss) if not nest.is_nested(loss) else nest.map_structure(as_function, loss)
    if all(item is None for item in nest.flatten(found)):
        raise ValueError(message)
    return found


class DistillationLoss:
    """The base of losses between a teacher's and a student's outputs."""

    def compute_loss(self, teacher_outputs: Any, student_outputs: Any, **kwargs: Any) -> Any:
        """The loss, a scalar."""
        raise NotImplementedError("Subclasses must implement compute_loss")

    def validate_outputs(self, teacher_outputs: Any, student_outputs: Any) -> None:
        """Checks that outputs have the same structure."""
        nest.assert_same_structure(teacher_outputs, student_outputs)

    def validate_model_compatibility(self, teacher: Any, student: Any) -> None:
        """Checks that a loss can be had of two models."""


class FeatureDistillation(DistillationLoss):
    """The difference of inner features.

    Args:
      loss: name, function, or structure of such with None for outputs to leave out.
      teacher_layer_name: str, the teacher's layer; its output by default.
      student_layer_name: str, the student's layer; its output by default.

    Raises:
      ValueError: all losses are None.

    >>> import kerax as tf
    >>> loss = tf.keras.distillation.FeatureDistillation("mse")
    >>> loss.compute_loss(tf.constant([[1.0]]), tf.constant([[3.0]])).numpy()
    np.float32(4.0)
    """

    def __init__(
        self, loss: Any = "mse", teacher_layer_name: str | None = None, student_layer_name: str | None = None
    ) -> None:
        self.teacher_layer_name = teacher_layer_name
        self.student_layer_name = student_layer_name
        self.loss = _functions(
            loss, "The `loss` argument in `FeatureDistillation` must contain at least one non-`None` value."
        )

    def validate_model_compatibility(self, teacher: Any, student: Any) -> None:
        names = {"teacher": self.teacher_layer_name, "student": self.student_layer_name}
        models = {"teacher": teacher, "student": student}
        if any(name is not None for name in names.values()):
            bare = [role for role, model in models.items() if getattr(model, "inputs", None) is None]
            if bare:
                raise ValueError(
                    "FeatureDistillation with specific layer names requires Functional or Sequential models. The "
                    f"{' and '.join(bare)} model(s) appear to be subclassed (no symbolic inputs/outputs). Either use "
                    "Functional/Sequential models, or use FeatureDistillation without layer names (to distill final "
                    "outputs only), or use LogitsDistillation instead."
                )
        for role, name in names.items():
            if name is not None:
                try:
                    models[role].get_layer(name=name)
                except ValueError as error:
                    raise ValueError(f"In {role} model: {error}") from error

    def validate_outputs(self, teacher_outputs: Any, student_outputs: Any) -> None:
        super().validate_outputs(teacher_outputs, student_outputs)
        try:
            nest.assert_same_structure(self.loss, teacher_outputs)
        except (ValueError, TypeError) as error:
            raise ValueError(f"Loss structure mismatch between the losses and the outputs. Error: {error}") from error

    def compute_loss(self, teacher_outputs: Any, student_outputs: Any, **kwargs: Any) -> Any:
        def one(function: Any, wanted: Any, found: Any) -> Any:
            return 0.0 if function is None else ops.mean(function(wanted, found))

        values = nest.map_structure(one, self.loss, teacher_outputs, student_outputs)
        return ops.sum(ops.stack(nest.flatten(values)))

    def get_config(self) -> dict[str, Any]:
        return {
            "loss": losses.serialize(self.loss),
            "teacher_layer_name": self.teacher_layer_name,
            "student_layer_name": self.student_layer_name,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**{**config, "loss": losses.deserialize(config["loss"])})


class LogitsDistillation(DistillationLoss):
    """The difference of logits, softened by a temperature.

    Args:
      temperature: number above 0 that logits are divided by.
      loss: name, function, or structure of such with None for outputs to leave out.

    Raises:
      ValueError: all losses are None, or a wrong temperature.

    Source: Hinton et al., Distilling the Knowledge in a Neural Network, 2015.

    >>> import kerax as tf
    >>> loss = tf.keras.distillation.LogitsDistillation(temperature=2.0)
    >>> loss.compute_loss(tf.constant([[1.0, 0.0]]), tf.constant([[1.0, 0.0]])).numpy()
    np.float32(0.0)
    """

    def __init__(self, temperature: float = 3.0, loss: Any = "kl_divergence") -> None:
        self.temperature = temperature
        self.loss = _functions(loss, "At least one loss must be non-`None`.")
        if not isinstance(temperature, (int, float)):
            raise ValueError(f"temperature must be a number, got {type(temperature)}")
        if temperature <= 0.0:
            raise ValueError("temperature must be positive.")

    def compute_loss(self, teacher_outputs: Any, student_outputs: Any, **kwargs: Any) -> Any:
        def one(function: Any, wanted: Any, found: Any) -> Any:
            if function is None:
                return 0.0
            wanted, found = ops.divide(wanted, self.temperature), ops.divide(found, self.temperature)
            if isinstance(function, losses.KLDivergence):
                value = ops.mean(function(ops.softmax(wanted, axis=-1), ops.softmax(found, axis=-1)))
                return ops.multiply(value, self.temperature**2)
            return ops.mean(function(wanted, found))

        values = nest.map_structure(one, self.loss, teacher_outputs, student_outputs)
        return ops.sum(ops.stack(nest.flatten(values)))

    def get_config(self) -> dict[str, Any]:
        return {"temperature": self.temperature, "loss": serialize_keras_object(self.loss)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**{**config, "loss": losses.deserialize(config["loss"])})
