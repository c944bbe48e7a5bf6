"""Raw ops of sequences of frames: connectionist temporal classification."""

from __future__ import annotations

from typing import Any

from kerax import nn
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.sparse import SparseTensor


def ctc_loss(
    inputs: Any, labels_indices: Any, labels_values: Any, sequence_length: Any, preprocess_collapse_repeated: bool,
    ctc_merge_repeated: bool, ignore_longer_outputs_than_inputs: bool,
) -> tuple[Any, Any]:  # fmt: skip
    if preprocess_collapse_repeated or not ctc_merge_repeated or ignore_longer_outputs_than_inputs:
        raise NotImplementedError("tf.raw_ops.CTCLoss: kerax has the default of these three flags only.")
    inputs = convert_to_tensor(inputs)
    frames, batch, _ = inputs.shape
    labels = SparseTensor(labels_indices, labels_values, [batch, frames])
    with GradientTape() as tape:
        tape.watch(inputs)
        loss = nn.ctc_loss(labels, inputs, None, sequence_length, blank_index=-1)
    return loss, tape.gradient(loss, inputs)


def ctc_greedy_decoder(inputs: Any, sequence_length: Any, merge_repeated: bool, blank_index: int) -> tuple[Any, Any]:
    decoded, score = nn.ctc_greedy_decoder(inputs, sequence_length, merge_repeated, blank_index)
    return decoded[0], score


def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int, top_paths: int, merge_repeated: bool
) -> tuple[Any, ...]:
    from kerax.nn.ctc_decoder import beam_search

    decoded, score = beam_search(inputs, sequence_length, beam_width, top_paths, merge_repeated)
    return [x.indices for x in decoded], [x.values for x in decoded], [x.dense_shape for x in decoded], score
