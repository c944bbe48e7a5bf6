"""``tf.summary``: values that TensorBoard shows, written to event files."""

from kerax.summary import experimental as experimental
from kerax.summary.graphs import graph as graph
from kerax.summary.graphs import trace_export as trace_export
from kerax.summary.graphs import trace_off as trace_off
from kerax.summary.graphs import trace_on as trace_on
from kerax.summary.kinds import audio as audio
from kerax.summary.kinds import histogram as histogram
from kerax.summary.kinds import image as image
from kerax.summary.kinds import scalar as scalar
from kerax.summary.kinds import text as text
from kerax.summary.recording import record_if as record_if
from kerax.summary.recording import should_record_summaries as should_record_summaries
from kerax.summary.write import flush as flush
from kerax.summary.write import write as write
from kerax.summary.writer import SummaryWriter as SummaryWriter
from kerax.summary.writer import create_file_writer as create_file_writer
from kerax.summary.writer import create_noop_writer as create_noop_writer
