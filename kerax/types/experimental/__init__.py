"""``tf.types.experimental``: types for hints and ``isinstance``."""

from kerax.types.experimental import distributed as distributed
from kerax.types.experimental.functions import AtomicFunction as AtomicFunction
from kerax.types.experimental.functions import Callable as Callable
from kerax.types.experimental.functions import ConcreteFunction as ConcreteFunction
from kerax.types.experimental.functions import FunctionType as FunctionType
from kerax.types.experimental.functions import GenericFunction as GenericFunction
from kerax.types.experimental.functions import PolymorphicFunction as PolymorphicFunction
from kerax.types.experimental.functions import SupportsTracingProtocol as SupportsTracingProtocol
from kerax.types.experimental.functions import TensorLike as TensorLike
from kerax.types.experimental.functions import TraceType as TraceType
