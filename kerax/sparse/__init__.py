"""``tf.sparse``: tensors given by the places and values of some of their elements."""

from kerax.core.op import COMPOSITE_HANDLERS
from kerax.sparse.arithmetic import add as add
from kerax.sparse.arithmetic import map_values as map_values
from kerax.sparse.arithmetic import maximum as maximum
from kerax.sparse.arithmetic import minimum as minimum
from kerax.sparse.arithmetic import reduce_max as reduce_max
from kerax.sparse.arithmetic import reduce_sum as reduce_sum
from kerax.sparse.arithmetic import softmax as softmax
from kerax.sparse.arithmetic import sparse_dense_matmul as sparse_dense_matmul
from kerax.sparse.conversion import eye as eye
from kerax.sparse.conversion import from_dense as from_dense
from kerax.sparse.conversion import to_dense as to_dense
from kerax.sparse.conversion import to_indicator as to_indicator
from kerax.sparse.counting import bincount as bincount
from kerax.sparse.crossing import cross as cross
from kerax.sparse.crossing import cross_hashed as cross_hashed
from kerax.sparse.dispatch import handle as _handle
from kerax.sparse.segments import sampled_addmm as sampled_addmm
from kerax.sparse.segments import segment_mean as segment_mean
from kerax.sparse.segments import segment_sqrt_n as segment_sqrt_n
from kerax.sparse.segments import segment_sum as segment_sum
from kerax.sparse.structure import concat as concat
from kerax.sparse.structure import expand_dims as expand_dims
from kerax.sparse.structure import fill_empty_rows as fill_empty_rows
from kerax.sparse.structure import mask as mask
from kerax.sparse.structure import reorder as reorder
from kerax.sparse.structure import reset_shape as reset_shape
from kerax.sparse.structure import reshape as reshape
from kerax.sparse.structure import retain as retain
from kerax.sparse.structure import slice as slice
from kerax.sparse.structure import split as split
from kerax.sparse.structure import transpose as transpose
from kerax.sparse.tensor import SparseTensor as SparseTensor

COMPOSITE_HANDLERS.append(_handle)
