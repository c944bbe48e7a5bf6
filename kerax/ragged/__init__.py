"""``tf.ragged``: tensors whose rows have different lengths."""

from kerax.core.op import COMPOSITE_HANDLERS
from kerax.ragged.crossing import cross as cross
from kerax.ragged.crossing import cross_hashed as cross_hashed
from kerax.ragged.dispatch import handle as _handle
from kerax.ragged.elementwise import map_flat_values as map_flat_values
from kerax.ragged.factory import constant as constant
from kerax.ragged.factory import range as range
from kerax.ragged.factory import row_splits_to_segment_ids as row_splits_to_segment_ids
from kerax.ragged.factory import segment_ids_to_row_splits as segment_ids_to_row_splits
from kerax.ragged.spec import RaggedTensorSpec as RaggedTensorSpec
from kerax.ragged.structure import boolean_mask as boolean_mask
from kerax.ragged.structure import stack as stack
from kerax.ragged.structure import stack_dynamic_partitions as stack_dynamic_partitions
from kerax.ragged.tensor import RaggedTensor as RaggedTensor

COMPOSITE_HANDLERS.append(_handle)
