"""``tf.graph_util``: graph messages, which kerax cannot run."""

from __future__ import annotations

from typing import Any


def import_graph_def(
    graph_def: Any,
    input_map: Any = None,
    return_elements: Any = None,
    name: str | None = None,
    op_dict: Any = None,
    producer_op_list: Any = None,
) -> Any:
    """Not available: kerax has no interpreter of TensorFlow's graphs.

    Raises:
      NotImplementedError: always; ``tf.saved_model.load`` and ``tf.keras.models.load_model`` read saved models.
    """
    raise NotImplementedError(
        "tf.import_graph_def is not available: kerax has no interpreter of TensorFlow's graphs. Load saved models with "
        "tf.saved_model.load or tf.keras.models.load_model."
    )
