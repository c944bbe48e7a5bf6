"""Layers that add what reaches them to the losses or metrics of the model they are in (Keras 2).

``Functional.add_loss`` and ``add_metric`` put them into the graph when they are given symbolic tensors, so that
copies and files of the model hold them as they hold any other layer.
"""

from __future__ import annotations

from typing import Any

from kerax.keras.engine.layer import Layer


class AddLoss(Layer):
    """Adds its input to the losses.

    Args:
      unconditional: bool, whether the loss does not depend on the inputs; it changes nothing.
      **kwargs: ``name``, ``dtype`` …
    """

    def __init__(self, unconditional: bool, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "autocast": False})
        self.unconditional = unconditional

    def call(self, inputs: Any) -> Any:
        self.add_loss(inputs)
        return inputs

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "unconditional": self.unconditional}


class AddMetric(Layer):
    """Reports its input as a metric.

    Args:
      aggregation: "mean" or None.
      metric_name: str, what the metric is called.
      **kwargs: ``name``, ``dtype`` …
    """

    def __init__(self, aggregation: str | None = None, metric_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.aggregation = aggregation
        self.metric_name = metric_name

    def call(self, inputs: Any) -> Any:
        self.add_metric(inputs, aggregation=self.aggregation, name=self.metric_name)
        return inputs

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "aggregation": self.aggregation, "metric_name": self.metric_name}
