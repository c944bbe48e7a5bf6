"""``tf.profiler.experimental``."""

from kerax.profiler.experimental import client as client
from kerax.profiler.experimental import server as server
from kerax.profiler.experimental.recording import Profile as Profile
from kerax.profiler.experimental.recording import ProfilerOptions as ProfilerOptions
from kerax.profiler.experimental.recording import Trace as Trace
from kerax.profiler.experimental.recording import start as start
from kerax.profiler.experimental.recording import stop as stop
