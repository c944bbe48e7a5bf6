"""``keras.engine.base_layer`` of Keras 2: the layers that ops on symbolic tensors become."""

from __future__ import annotations

from kerax.keras.engine.op_call import SlicingOpLambda as SlicingOpLambda
from kerax.keras.engine.op_call import TFOpLambda as TFOpLambda

TensorFlowOpLayer = TFOpLambda
