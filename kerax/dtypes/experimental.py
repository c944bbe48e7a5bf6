"""``tf.dtypes.experimental``: numbers of 8 bits and less."""

from kerax.core.dtypes import float4_e2m1fn as float4_e2m1fn
from kerax.core.dtypes import float8_e4m3b11fnuz as float8_e4m3b11fnuz
from kerax.core.dtypes import float8_e4m3fn as float8_e4m3fn
from kerax.core.dtypes import float8_e4m3fnuz as float8_e4m3fnuz
from kerax.core.dtypes import float8_e5m2 as float8_e5m2
from kerax.core.dtypes import float8_e5m2fnuz as float8_e5m2fnuz
from kerax.core.dtypes import int2 as int2
from kerax.core.dtypes import int4 as int4
from kerax.core.dtypes import uint2 as uint2
from kerax.core.dtypes import uint4 as uint4
