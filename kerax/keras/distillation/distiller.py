"""``Distiller``: a model that trains a student on a teacher's outputs."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.keras import metrics as _metrics
from kerax.keras import ops
from kerax.keras.distillation.loss import as_function
from kerax.keras.engine.model import Model
from kerax.keras.engine.sequential import Sequential
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object

_FINAL = "final_output"


class Distiller(Model):
    """Trains a student on the targets and on a teacher's outputs.

    Args:
      teacher: trained model; it is frozen.
      student: model with the same inputs and outputs.
      distillation_losses: ``DistillationLoss`` or a list of them.
      distillation_loss_weights: list of numbers, one for each loss; 1 by default.
      student_loss_weight: float from 0 to 1, the share of the loss on the targets.
      name: str.
      **kwargs: arguments of ``Model``.

    Raises:
      ValueError: models or losses that do not fit.

    Source: Hinton et al., Distilling the Knowledge in a Neural Network, 2015.
    """

    def __init__(
        self,
        teacher: Any,
        student: Any,
        distillation_losses: Any,
        distillation_loss_weights: Any = None,
        student_loss_weight: float = 0.5,
        name: str = "distiller",
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        _check_models(teacher, student)
        self.teacher, self.student = teacher, student
        if not isinstance(student_loss_weight, (int, float)):
            raise ValueError(f"student_loss_weight must be a number, got {type(student_loss_weight)}")
        if not 0.0 <= student_loss_weight <= 1.0:
            raise ValueError(f"student_loss_weight must be between 0.0 and 1.0, got {student_loss_weight}")
        self.student_loss_weight = student_loss_weight
        if distillation_losses is None:
            raise ValueError(
                "'distillation_losses' cannot be `None`. Provide a distillation loss (e.g., LogitsDistillation or "
                "FeatureDistillation) or a list of distillation losses."
            )
        single = not isinstance(distillation_losses, (list, tuple))
        self.distillation_losses = [distillation_losses] if single else list(distillation_losses)
        weights = None if single else distillation_loss_weights
        if weights is not None and len(weights) != len(self.distillation_losses):
            raise ValueError(
                f"Number of distillation_loss_weights ({len(weights)}) must match number of distillation_losses "
                f"({len(self.distillation_losses)})"
            )
        self.distillation_loss_weights = [1.0] * len(self.distillation_losses) if weights is None else list(weights)
        for loss in self.distillation_losses:
            loss.validate_model_compatibility(teacher, student)
        self._teacher_features = self._extractor(teacher, "teacher_layer_name")
        self._student_features = self._extractor(student, "student_layer_name")
        self.teacher.trainable = False
        self.student_loss_tracker = _metrics.Mean(name="student_loss")
        self.distillation_loss_tracker = _metrics.Mean(name="distillation_loss")
        self.total_loss_tracker = _metrics.Mean(name="total_loss")

    def _extractor(self, model: Any, attribute: str) -> Any:
        """A model with the outputs of the layers that losses name; None where they name none."""
        names = [getattr(loss, attribute, None) for loss in self.distillation_losses]
        names = [name for name in dict.fromkeys(names) if name]
        if not names:
            return None
        if getattr(model, "inputs", None) is None:
            raise ValueError(
                f"Cannot create feature extractor for {model.name}. The model has no symbolic inputs attribute."
            )
        final = model.layers[-1].output if isinstance(model, Sequential) else model.output
        outputs = {_FINAL: final, **{name: model.get_layer(name=name).output for name in names}}
        return Model(inputs=model.inputs, outputs=outputs, name=f"{model.name}_multi_feature_extractor")

    def compile(self, optimizer: Any = "adam", loss: Any = None, metrics: Any = None, **kwargs: Any) -> None:
        """Sets the optimizer, the student's loss on the targets, and metrics.

        Raises:
          ValueError: no loss, or metrics that are no list.
        """
        if loss is None:
            raise ValueError("'loss' cannot be `None`.")
        self._student_loss = nest.map_structure(as_function, loss) if nest.is_nested(loss) else as_function(loss)
        if metrics is not None and not isinstance(metrics, (list, tuple)):
            raise ValueError(f"metrics must be a list or tuple, got {type(metrics)}")
        super().compile(optimizer=optimizer, loss=None, metrics=metrics, **kwargs)

    def call(self, inputs: Any, training: Any = None, **kwargs: Any) -> Any:
        return self.student(inputs, training=training, **kwargs)

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        """The weighted sum of the student's loss and the distillation losses."""
        y_pred = self(x, training=training) if y_pred is None else y_pred
        student_loss: Any = 0.0
        if self.student_loss_weight > 0.0 and y is not None:
            values = nest.flatten(nest.map_structure(lambda f, a, b: f(a, b), self._student_loss, y, y_pred))
            student_loss = ops.sum(ops.stack(values)) if len(values) > 1 else values[0]
            if len(getattr(student_loss, "shape", ())):
                student_loss = ops.mean(student_loss)
        distillation: Any = 0.0
        if self.student_loss_weight < 1.0:
            distillation = self._distillation_loss(x, y_pred)
        share = self.student_loss_weight
        total = ops.add(ops.multiply(share, student_loss), ops.multiply(1.0 - share, distillation))
        self.student_loss_tracker.update_state(student_loss)
        self.distillation_loss_tracker.update_state(distillation)
        self.total_loss_tracker.update_state(total)
        return total

    def _distillation_loss(self, x: Any, y_pred: Any) -> Any:
        if self._teacher_features is None:
            teacher = {_FINAL: self.teacher(x, training=False)}
        else:
            teacher = self._teacher_features(x, training=False)
        student = {_FINAL: y_pred} if self._student_features is None else self._student_features(x, training=True)
        total: Any = 0.0
        for loss, weight in zip(self.distillation_losses, self.distillation_loss_weights, strict=True):
            if getattr(loss, "teacher_layer_name", None) is not None:
                wanted = teacher[loss.teacher_layer_name]
                found = student[loss.student_layer_name or _FINAL]
            else:
                wanted, found = teacher[_FINAL], y_pred
            loss.validate_outputs(wanted, found)
            value = loss.compute_loss(wanted, found)
            if len(getattr(value, "shape", ())):
                raise ValueError(
                    f"Distillation loss {type(loss).__name__} returned a non-scalar loss with shape {value.shape}. The "
                    "compute_loss method must return a scalar tensor."
                )
            total = ops.add(total, ops.multiply(weight, value))
        return total

    def reset_metrics(self) -> None:
        super().reset_metrics()
        for tracker in (self.student_loss_tracker, self.distillation_loss_tracker, self.total_loss_tracker):
            tracker.reset_state()

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "teacher": serialize_keras_object(self.teacher),
            "student": serialize_keras_object(self.student),
            "distillation_losses": [serialize_keras_object(loss) for loss in self.distillation_losses],
            "distillation_loss_weights": list(self.distillation_loss_weights),
            "student_loss_weight": self.student_loss_weight,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        for key in ("teacher", "student"):
            config[key] = deserialize_keras_object(config[key], custom_objects=custom_objects)
        config["distillation_losses"] = [
            deserialize_keras_object(loss, custom_objects=custom_objects) for loss in config["distillation_losses"]
        ]
        return cls(**config)


def _check_models(teacher: Any, student: Any) -> None:
    for role, model in (("Teacher", teacher), ("Student", student)):
        if not isinstance(model, Model):
            raise ValueError(f"{role} must be a keras.Model, got {type(model)}")
    for attribute, word in (("inputs", "input"), ("outputs", "output")):
        theirs, ours = getattr(teacher, attribute, None), getattr(student, attribute, None)
        if theirs is None or ours is None:
            continue
        for a, b in zip(nest.flatten(theirs), nest.flatten(ours), strict=False):
            if len(a.shape) != len(b.shape):
                raise ValueError(
                    f"Teacher and student {word} shapes have different dimensions. "
                    f"Teacher: {tuple(a.shape)}, Student: {tuple(b.shape)}."
                )
            if any(p != q for p, q in zip(a.shape, b.shape, strict=True) if p is not None and q is not None):
                raise ValueError(
                    f"Teacher and student {word} shapes are incompatible. Teacher: {tuple(a.shape)}, "
                    f"Student: {tuple(b.shape)}. All dimensions must match."
                )
            if str(a.dtype) != str(b.dtype):
                raise ValueError(
                    f"Teacher and student {word} dtypes must match. Teacher: {a.dtype}, Student: {b.dtype}."
                )
