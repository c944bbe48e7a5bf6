"""TensorFlow 1's names of the loss and the decoder of label sequences, with its arguments and defaults."""

from __future__ import annotations

from typing import Any

from kerax.nn import ctc_beam_search_decoder as ctc_beam_search_decoder_v2
from kerax.nn import ctc_loss as ctc_loss_v2
from kerax.nn.ctc_decoder import beam_search

__all__ = ["ctc_beam_search_decoder", "ctc_beam_search_decoder_v2", "ctc_loss", "ctc_loss_v2"]


def ctc_loss(
    labels: Any,
    inputs: Any = None,
    sequence_length: Any = None,
    preprocess_collapse_repeated: bool = False,
    ctc_merge_repeated: bool = True,
    ignore_longer_outputs_than_inputs: bool = False,
    time_major: bool = True,
    logits: Any = None,
) -> Any:
    """``tf.nn.ctc_loss`` of sparse labels whose blank is the last class.

    Args:
      labels: SparseTensor of ints [batch, longest].
      inputs: float tensor [frames, batch, classes], or [batch, frames, classes] if not ``time_major``.
      sequence_length: int tensor [batch], frames of each sequence.
      preprocess_collapse_repeated: bool; only False is here.
      ctc_merge_repeated: bool; only True is here.
      ignore_longer_outputs_than_inputs: bool, without effect: the loss of labels that need more frames is infinite.
      time_major: bool.
      logits: another name of ``inputs``.

    Returns:
      Tensor [batch] of losses.

    Raises:
      TypeError: the labels are not sparse.
      NotImplementedError: one of the two switches is not at its default.
    """
    if not hasattr(labels, "dense_shape"):
        raise TypeError(
            "Expected argument `labels` to be a SparseTensor. "
            f"Received labels={labels} of type: {type(labels).__name__}"
        )
    if preprocess_collapse_repeated or not ctc_merge_repeated:
        raise NotImplementedError(
            "kerax has tf.compat.v1.nn.ctc_loss only with preprocess_collapse_repeated=False and "
            "ctc_merge_repeated=True."
        )
    if inputs is not None and logits is not None:
        raise ValueError("Cannot specify both 'logits' and 'inputs'.")
    logits = inputs if logits is None else logits
    return ctc_loss_v2(labels, logits, None, sequence_length, logits_time_major=time_major, blank_index=-1)


def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1, merge_repeated: bool = True
) -> tuple[list[Any], Any]:
    """``tf.nn.ctc_beam_search_decoder``, by default with equal labels in a row of a result as one.

    Args:
      inputs: float tensor [frames, batch, classes], logits; the last class is the blank.
      sequence_length: int tensor [batch], frames of each sequence.
      beam_width: int, sequences kept at each frame.
      top_paths: int, sequences to return.
      merge_repeated: bool.

    Returns:
      (``top_paths`` SparseTensors of int64 labels, float tensor [batch, top_paths]: their log-probabilities).
    """
    return beam_search(inputs, sequence_length, beam_width, top_paths, merge_repeated)
