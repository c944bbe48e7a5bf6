"""``tf.queue``: elements that wait in line."""

from kerax.queue.base import QueueBase as QueueBase
from kerax.queue.queues import FIFOQueue as FIFOQueue
from kerax.queue.queues import PaddingFIFOQueue as PaddingFIFOQueue
from kerax.queue.queues import PriorityQueue as PriorityQueue
from kerax.queue.queues import RandomShuffleQueue as RandomShuffleQueue
