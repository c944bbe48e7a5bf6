"""Programs for TensorBoard's graph view, and profiles."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from typing import Any

import jax
import numpy as np

from kerax.core.context import context
from kerax.core.graph import FunctionGraph, GraphDef
from kerax.io.proto import message
from kerax.summary.recording import known_step, recording
from kerax.summary.write import add_value, emit, metadata_of


class _Tracing:
    """What ``trace_on`` collects until ``trace_export``."""

    def __init__(self, graph: bool, profiler: bool, outdir: str | None) -> None:
        self.graph = graph
        self.programs: list[Any] = []  # the programs of tf.functions that ran
        self.outdir = outdir
        self.profile = (outdir or tempfile.mkdtemp()) if profiler else None


def _message(graph: Any) -> Any:
    """A graph's operations as a ``GraphDef`` message."""
    proto = message("GraphDef")()
    proto.versions.producer = 1
    for node in graph.node:
        proto.node.add(name=node.name, op=node.op, input=node.input)
    return proto


def graph(graph_data: Any) -> Any:
    """Writes a graph to the default writer, at step 0.

    Args:
      graph_data: the ``graph`` of a concrete function, or a ``GraphDef``.

    Returns:
      Scalar bool Tensor, whether it was written.

    Raises:
      ValueError: inside a ``tf.function``, or something else than a graph.
    """
    if context.trace is not None:
        raise ValueError("graph() cannot be invoked inside a graph context.")
    if hasattr(graph_data, "as_graph_def"):
        graph_data = graph_data.as_graph_def()
    if isinstance(graph_data, GraphDef):
        graph_data = _message(graph_data)
    if not hasattr(graph_data, "SerializeToString"):
        raise ValueError(
            "Argument 'graph_data' is not tf.Graph or tf.compat.v1.GraphDef. Received graph_data="
            f"{graph_data} of type {type(graph_data).__name__}."
        )
    data = graph_data.SerializeToString()

    def fill(event: Any) -> None:
        event.graph_def = data

    return emit(0, list, fill)


def trace_on(graph: bool = True, profiler: bool = False, profiler_outdir: str | None = None) -> None:
    """Starts collecting the programs of the ``tf.function``s that run, or a profile.

    Args:
      graph: bool, whether to collect programs.
      profiler: bool, whether to profile, with JAX's profiler.
      profiler_outdir: str, folder of the profile.
    """
    if context.trace is not None:
        warnings.warn("Cannot enable trace inside a tf.function.", stacklevel=2)
        return
    if "summary_tracing" in context.extras:
        warnings.warn("Trace already enabled", stacklevel=2)
        return
    if not graph and not profiler:
        warnings.warn("Both graph and profiler are False: nothing is traced.", stacklevel=2)
    tracing = context.extras["summary_tracing"] = _Tracing(graph, profiler, profiler_outdir)
    if graph:
        context.extras["programs"] = tracing.programs
    if tracing.profile is not None:
        jax.profiler.start_trace(tracing.profile)


def trace_off() -> None:
    """Stops collecting and drops what was collected."""
    context.extras.pop("programs", None)
    tracing = context.extras.pop("summary_tracing", None)
    if tracing is not None and tracing.profile is not None:
        jax.profiler.stop_trace()


def trace_export(name: str, step: Any = None, profiler_outdir: str | None = None) -> None:
    """Stops collecting and writes what was collected to the default writer.

    Args:
      name: str, its tag.
      step: as in ``tf.summary.write``.
      profiler_outdir: str, folder of the profile, if ``trace_on`` got none.

    Raises:
      ValueError: ``trace_on`` was not called, or there is no step or no folder.
    """
    if context.trace is not None:
        warnings.warn("Cannot export trace inside a tf.function.", stacklevel=2)
        return
    tracing = context.extras.get("summary_tracing")
    if tracing is None:
        raise ValueError("Must enable trace before export through tf.summary.trace_on.")
    if tracing.profile is not None and not (tracing.outdir or profiler_outdir):
        raise ValueError("Argument `profiler_outdir` is not specified for trace_export().")
    if recording().writer is not None:
        known_step(step)
    if tracing.graph:
        run = message("RunMetadata")()
        for lifted in tracing.programs:
            found = _message(FunctionGraph(lifted.name, lifted).as_graph_def())
            functions = run.function_graphs.add()
            functions.pre_optimization_graph.CopyFrom(found)
            functions.post_optimization_graph.CopyFrom(found)
            functions.partition_graphs.add().CopyFrom(found)
            run.partition_graphs.add().CopyFrom(found)
        data = np.array(run.SerializeToString(), dtype=object)
        metadata = metadata_of("graph_run_metadata_graph", b"1", data_class=3)
        emit(step, list, lambda event: add_value(event, name, data, metadata))
    trace_off()
    if tracing.profile is not None and not tracing.outdir:
        shutil.copytree(tracing.profile, os.fspath(profiler_outdir), dirs_exist_ok=True)
        shutil.rmtree(tracing.profile)
