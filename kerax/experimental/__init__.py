"""``tf.experimental``."""

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
from kerax.data.iterator import Optional as Optional
from kerax.experimental import dlpack as dlpack
from kerax.experimental import dtensor as dtensor
from kerax.experimental import extension_type as extension_type
from kerax.experimental import numpy as numpy
from kerax.experimental import tensorrt as tensorrt
from kerax.experimental.dispatch import dispatch_for_api as dispatch_for_api
from kerax.experimental.dispatch import dispatch_for_binary_elementwise_apis as dispatch_for_binary_elementwise_apis
from kerax.experimental.dispatch import (
    dispatch_for_binary_elementwise_assert_apis as dispatch_for_binary_elementwise_assert_apis,
)
from kerax.experimental.dispatch import dispatch_for_unary_elementwise_apis as dispatch_for_unary_elementwise_apis
from kerax.experimental.dispatch import unregister_dispatch_for as unregister_dispatch_for
from kerax.experimental.execution import async_clear_error as async_clear_error
from kerax.experimental.execution import async_scope as async_scope
from kerax.experimental.execution import enable_strict_mode as enable_strict_mode
from kerax.experimental.execution import function_executor_type as function_executor_type
from kerax.experimental.execution import register_filesystem_plugin as register_filesystem_plugin
from kerax.experimental.extension_types import BatchableExtensionType as BatchableExtensionType
from kerax.experimental.extension_types import ExtensionType as ExtensionType
from kerax.experimental.extension_types import ExtensionTypeBatchEncoder as ExtensionTypeBatchEncoder
from kerax.experimental.extension_types import ExtensionTypeSpec as ExtensionTypeSpec
from kerax.ragged.row_partition import RowPartition as RowPartition
from kerax.ragged.shape import DynamicRaggedShape as DynamicRaggedShape
