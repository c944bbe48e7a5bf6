"""``keras.layers.TextVectorization``."""

from __future__ import annotations

from typing import Any

import kerax.array_ops as tf
from kerax import strings
from kerax.core.config import legacy_keras
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.settings import floatx
from kerax.keras.layers.preprocessing._encoding import check_mode, ensure_tensor, is_ragged, listed
from kerax.keras.layers.preprocessing.data_layer import PreprocessingLayer, batches_of
from kerax.keras.layers.preprocessing.string_lookup import StringLookup
from kerax.keras.saving.serialization import deserialize_keras_object

_PUNCTUATION = r'[!"#$%&()\*\+,-\./:;<=>?@\[\\\]^_`{|}~\']'
_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


class TextVectorization(PreprocessingLayer):
    """Text as token indices or token vectors: standardized, split, joined to n-grams, looked up in a vocabulary.

    Args:
      max_tokens: int, the largest size of the vocabulary with special tokens, None for any.
      standardize: "lower_and_strip_punctuation", "lower", "strip_punctuation", None, or a function of strings.
      split: "whitespace", "character", None, or a function of strings ``[batch]`` that returns ``[batch, tokens]``.
      ngrams: int for n-grams of 1 to that many tokens, or a tuple of lengths; None for tokens alone.
      output_mode: "int", "one_hot" "multi_hot", "count" or "tf_idf".
      output_sequence_length: int, to which "int" output is cut or filled with 0; None for the longest text's.
      pad_to_max_tokens: bool, whether vectors have the length ``max_tokens``.
      vocabulary: list, array, tensor or path of a text file; None where ``adapt`` finds it.
      idf_weights: list of float, the weights of the vocabulary's tokens for "tf_idf".
      sparse: bool, whether vectors are SparseTensors.
      ragged: bool, whether "int" output is a RaggedTensor.
      encoding: str, the strings' encoding.

    Takes strings ``[batch]`` or ``[batch, 1]``.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.TextVectorization(vocabulary=["the", "cat"])
    >>> layer(["The cat!", "cat"]).numpy()
    array([[2, 3],
           [3, 0]])
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        standardize: Any = "lower_and_strip_punctuation",
        split: Any = "whitespace",
        ngrams: Any = None,
        output_mode: str = "int",
        output_sequence_length: int | None = None,
        pad_to_max_tokens: bool = False,
        vocabulary: Any = None,
        idf_weights: Any = None,
        sparse: bool = False,
        ragged: bool = False,
        encoding: str = "utf-8",
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        standards = ("lower_and_strip_punctuation", "lower", "strip_punctuation")
        for value, allowed, argument in ((standardize, standards, "standardize"), (split, _SPLITS, "split")):
            if value is not None and not callable(value):
                check_mode(self, value, allowed, argument)
        output_mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(output_mode, output_mode)
        check_mode(self, output_mode, _MODES)
        is_tuple = isinstance(ngrams, tuple) and all(isinstance(n, int) for n in ngrams)
        if not (ngrams is None or isinstance(ngrams, int) or is_tuple):
            raise ValueError(f"`ngrams` must be None, an integer, or a tuple of integers. Received: ngrams={ngrams}")
        if output_mode == "int" and not (output_sequence_length is None or isinstance(output_sequence_length, int)):
            raise ValueError(
                "`output_sequence_length` must be either None or an integer when `output_mode` is 'int'. "
                f"Received: output_sequence_length={output_sequence_length}"
            )
        if output_mode != "int" and output_sequence_length is not None:
            raise ValueError(
                "`output_sequence_length` must not be set if `output_mode` is not 'int'. "
                f"Received output_sequence_length={output_sequence_length}."
            )
        if ragged and output_mode != "int":
            raise ValueError(
                f"`ragged` must not be true if `output_mode` is not `'int'`. Received: ragged={ragged} and "
                f"output_mode={output_mode}"
            )
        has_vocabulary = kwargs.pop("has_input_vocabulary", vocabulary is not None)
        size = kwargs.pop("vocabulary_size", None)
        if legacy_keras():
            kwargs["dtype"] = kwargs.get("dtype") or ("int64" if output_mode == "int" else floatx())
        super().__init__(name=name, **kwargs)
        self._standardize, self._split, self._ngrams_arg = standardize, split, ngrams
        self._ngrams = tuple(range(1, ngrams + 1)) if isinstance(ngrams, int) else ngrams
        self._ragged, self._output_mode, self._length = ragged, output_mode, output_sequence_length
        self._encoding, self._max_tokens = encoding, max_tokens
        self._has_input_vocabulary = has_vocabulary
        self._lookup_layer = StringLookup(
            max_tokens=max_tokens,
            vocabulary=vocabulary,
            idf_weights=idf_weights,
            pad_to_max_tokens=pad_to_max_tokens,
            mask_token="",
            output_mode=output_mode,
            sparse=sparse,
            has_input_vocabulary=has_vocabulary,
            encoding=encoding,
            vocabulary_size=size,
        )
        self._convert_input_args = False
        self.supports_jit = False

    @property
    def compute_dtype(self) -> str:
        return super().compute_dtype if legacy_keras() else "string"

    @property
    def variable_dtype(self) -> str:
        return super().variable_dtype if legacy_keras() else "string"

    # --- the vocabulary ---------------------------------------------------------------------------------
    def adapt(self, data: Any, batch_size: int | None = None, steps: int | None = None) -> None:
        """Makes the vocabulary of the tokens of texts, the most frequent first.

        Args:
          data: array, list or tensor of texts, dataset or iterable of batches.
          batch_size: int, without effect on the result.
          steps: int, the number of batches to read, None for all.
        """
        self.reset_state()
        found = batches_of(data, steps)
        if found is None:
            data = ensure_tensor(data, "string")
            found = iter([tf.expand_dims(data, -1) if len(data.shape) == 1 else data])
        for batch in found:
            self.update_state(batch)
        self.finalize_state()
        self._adapted = True

    def update_state(self, data: Any) -> None:
        """Counts the tokens of a batch."""
        self._lookup_layer.update_state(self._preprocess(data))

    def finalize_state(self) -> None:
        self._lookup_layer.finalize_state()

    def reset_state(self) -> None:
        self._lookup_layer.reset_state()

    def get_vocabulary(self, include_special_tokens: bool = True) -> list[str]:
        """The vocabulary; with special tokens, places in it are indices."""
        return self._lookup_layer.get_vocabulary(include_special_tokens)

    def vocabulary_size(self) -> int:
        """The number of indices, with those of special tokens."""
        return self._lookup_layer.vocabulary_size()

    def set_vocabulary(self, vocabulary: Any, idf_weights: Any = None) -> None:
        """Sets the vocabulary; see ``StringLookup.set_vocabulary``."""
        self._lookup_layer.set_vocabulary(vocabulary, idf_weights=idf_weights)

    # --- calling ----------------------------------------------------------------------------------------
    def build(self, input_shape: Any = None) -> None:
        """Nothing is made: the vocabulary is the state."""

    def _preprocess(self, inputs: Any) -> Any:
        inputs = ensure_tensor(inputs, "string")
        if self._standardize in ("lower", "lower_and_strip_punctuation"):
            inputs = strings.lower(inputs)
        if self._standardize in ("strip_punctuation", "lower_and_strip_punctuation"):
            inputs = strings.regex_replace(inputs, _PUNCTUATION, "")
        if callable(self._standardize):
            inputs = self._standardize(inputs)
        if self._split is not None:
            if len(inputs.shape) > 1:
                if inputs.shape[-1] != 1:
                    raise ValueError(
                        "When using `TextVectorization` to tokenize strings, the input rank must be 1 or the last "
                        f"shape dimension must be 1. Received: inputs.shape={inputs.shape} with "
                        f"rank={len(inputs.shape)}"
                    )
                inputs = tf.squeeze(inputs, axis=-1)
            inputs = _SPLITS.get(self._split, self._split)(inputs)
        if self._ngrams is not None:
            inputs = strings.ngrams(inputs, ngram_width=self._ngrams, separator=" ")
        return inputs

    def call(self, inputs: Any) -> Any:
        if isinstance(inputs, (list, tuple)) and legacy_keras():
            inputs = tf.constant(list(inputs))
        found = self._lookup_layer.call(self._preprocess(inputs))
        if self._output_mode != "int":
            return found
        if is_ragged(found) and not self._ragged:
            shape = [*(None for _ in found.shape[:-1]), self._length]
            return found.to_tensor(default_value=0, shape=shape)
        if self._length is None:
            return found
        found = found[..., : self._length]
        if self._ragged:
            return found
        missing = self._length - int(found.shape[-1])
        return tf.pad(found, [[0, 0]] * (len(found.shape) - 1) + [[0, missing]])

    def compute_output_shape(self, input_shape: Any) -> Any:
        shape = tuple(input_shape)
        if self._output_mode == "int":
            return (shape[0], self._length)
        if self._split is not None:
            shape = (*shape, None)
        elif len(shape) <= 1:
            shape = (*shape, 1)
        if legacy_keras():
            return (shape[0], self._lookup_layer.compute_output_shape((None, None))[-1])
        return self._lookup_layer.compute_output_shape(shape)

    def compute_output_spec(self, inputs: Any) -> Any:
        dtype = "int64" if self._output_mode == "int" else floatx()
        return KerasTensor(self.compute_output_shape(tuple(inputs.shape)), dtype=dtype)

    # --- saving -----------------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        lookup = self._lookup_layer
        return {
            **super().get_config(),
            "max_tokens": lookup.max_tokens,
            "standardize": self._standardize,
            "split": self._split,
            "ngrams": self._ngrams_arg,
            "output_mode": self._output_mode,
            "output_sequence_length": self._length,
            "pad_to_max_tokens": lookup.pad_to_max_tokens,
            "sparse": lookup.sparse,
            "ragged": self._ragged,
            "vocabulary": listed(lookup.input_vocabulary),
            "idf_weights": listed(lookup.input_idf_weights),
            "encoding": self._encoding,
            "vocabulary_size": self.vocabulary_size(),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> TextVectorization:
        config = dict(config)
        for key in ("standardize", "split"):
            if isinstance(config.get(key), dict):
                config[key] = deserialize_keras_object(config[key])
        if isinstance(config.get("ngrams"), list):
            config["ngrams"] = tuple(config["ngrams"])
        return cls(**config)

    def save_own_variables(self, store: Any) -> None:
        self._lookup_layer.save_own_variables(store)

    def load_own_variables(self, store: Any) -> None:
        self._lookup_layer.load_own_variables(store)

    def save_assets(self, dir_path: Any) -> None:
        """Writes the vocabulary; see ``StringLookup``."""
        self._lookup_layer.save_assets(dir_path)

    def load_assets(self, dir_path: Any) -> None:
        """Reads what ``save_assets`` wrote."""
        self._lookup_layer.load_assets(dir_path)


_SPLITS: dict[Any, Any] = {
    "whitespace": strings.split,
    "character": lambda texts: strings.unicode_split(texts, "UTF-8"),
}
