"""``tf.dtypes``: the types of tensors' elements."""

from kerax.core.dtypes import DType as DType
from kerax.core.dtypes import as_dtype as as_dtype
from kerax.core.dtypes import bfloat16 as bfloat16
from kerax.core.dtypes import bool as bool
from kerax.core.dtypes import complex64 as complex64
from kerax.core.dtypes import complex128 as complex128
from kerax.core.dtypes import double as double
from kerax.core.dtypes import float16 as float16
from kerax.core.dtypes import float32 as float32
from kerax.core.dtypes import float64 as float64
from kerax.core.dtypes import half as half
from kerax.core.dtypes import int8 as int8
from kerax.core.dtypes import int16 as int16
from kerax.core.dtypes import int32 as int32
from kerax.core.dtypes import int64 as int64
from kerax.core.dtypes import qint8 as qint8
from kerax.core.dtypes import qint16 as qint16
from kerax.core.dtypes import qint32 as qint32
from kerax.core.dtypes import quint8 as quint8
from kerax.core.dtypes import quint16 as quint16
from kerax.core.dtypes import resource as resource
from kerax.core.dtypes import string as string
from kerax.core.dtypes import uint8 as uint8
from kerax.core.dtypes import uint16 as uint16
from kerax.core.dtypes import uint32 as uint32
from kerax.core.dtypes import uint64 as uint64
from kerax.core.dtypes import variant as variant
from kerax.dtypes import experimental as experimental
from kerax.math.casting import cast as cast
from kerax.math.casting import complex as complex
from kerax.math.casting import saturate_cast as saturate_cast

QUANTIZED_DTYPES = frozenset({qint8, quint8, qint16, quint16, qint32})
