"""The base of ``StringLookup`` and ``IntegerLookup``."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax import strings
from kerax.core import dtypes
from kerax.core.config import legacy_keras
from kerax.core.tensor import constant_value, convert_to_tensor
from kerax.debugging import Assert
from kerax.errors import FailedPreconditionError
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.settings import floatx
from kerax.keras.layers.preprocessing._encoding import (
    check_mode,
    depth_shape,
    encode,
    ensure_tensor,
    listed,
    map_values,
    salt_pair,
)
from kerax.keras.layers.preprocessing.data_layer import PreprocessingLayer, batches_of
from kerax.keras.layers.preprocessing.vocabulary import (
    TokenCounts,
    as_text,
    check_tokens,
    padded_weights,
    token_array,
    with_document_axis,
)
from kerax.keras.saving.serialization import in_safe_mode
from kerax.lookup import KeyValueTensorInitializer, StaticHashTable
from kerax.math import equal, floormod, not_equal, reduce_all
from kerax.math.casting import cast

_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")
_INT64_MAX = np.iinfo("int64").max


class IndexLookup(PreprocessingLayer):
    """Tokens as indices into a vocabulary.

    The indices: 0 for the mask token (where there is one, in output mode "int"), then ``num_oov_indices`` for tokens
    that the vocabulary lacks, then the vocabulary's.

    Args: see ``StringLookup``.
    """

    def __init__(
        self,
        max_tokens: int | None,
        num_oov_indices: int,
        mask_token: Any,
        oov_token: Any,
        vocabulary_dtype: str,
        vocabulary: Any = None,
        idf_weights: Any = None,
        invert: bool = False,
        output_mode: str = "int",
        sparse: bool = False,
        pad_to_max_tokens: bool = False,
        oov_method: str = "floormod",
        name: str | None = None,
        salt: Any = None,
        **kwargs: Any,
    ) -> None:
        output_mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(output_mode, output_mode)
        self._check_settings(max_tokens, num_oov_indices, pad_to_max_tokens, invert, output_mode, sparse, idf_weights)
        check_mode(self, oov_method, ("floormod", "farmhash"), "oov_method")
        self.vocabulary_dtype = dtypes.as_dtype(vocabulary_dtype).name
        if salt is not None and self.vocabulary_dtype != "string" and oov_method != "farmhash":
            raise ValueError(f"`salt` can only be used when `oov_method='farmhash'`. Received: oov_method={oov_method}")
        frozen = kwargs.pop("vocabulary_size", None)
        has_vocabulary = kwargs.pop("has_input_vocabulary", vocabulary is not None)
        dtype = kwargs.pop("dtype", None)
        if not legacy_keras():
            kwargs.pop("trainable", None)
            if kwargs:
                raise ValueError(f"Unrecognized keyword argument(s): {kwargs}")
        default = "int64" if output_mode == "int" else floatx()
        super().__init__(name=name, dtype=(dtype or default) if legacy_keras() else None, **kwargs)
        if legacy_keras() and output_mode == "int" and not dtypes.as_dtype(self.dtype).is_integer:
            raise ValueError(f"When `output_mode='int'`, `dtype` should be an integer type. Received: dtype={dtype}")
        self._convert_input_args = False
        self.supports_jit = False
        self.invert, self.max_tokens, self.num_oov_indices = invert, max_tokens, num_oov_indices
        self.mask_token, self.oov_token, self.output_mode = mask_token, oov_token, output_mode
        self.sparse, self.pad_to_max_tokens, self.oov_method = sparse, pad_to_max_tokens, oov_method
        self.salt = salt_pair(salt, self)
        self._frozen_vocab_size = frozen
        self.input_vocabulary = None if isinstance(vocabulary, str) and not legacy_keras() else vocabulary
        self.input_idf_weights = idf_weights
        self._has_input_vocabulary = has_vocabulary
        indices = self.dtype if legacy_keras() and output_mode == "int" else "int64"
        self._index_dtype = indices
        self._key_dtype = indices if invert else self.vocabulary_dtype
        self._value_dtype = self.vocabulary_dtype if invert else indices
        self.idf_weights: Any = None
        if output_mode == "tf_idf" and has_vocabulary and vocabulary is not None and idf_weights is None:
            raise ValueError(
                "When specifying the `vocabulary` argument, in TF-IDF output mode, the `idf_weights` argument must "
                "also be provided."
            )
        self._tokens = np.array([], object if self._is_string else "int64")
        self._counts = TokenCounts(output_mode == "tf_idf")
        self._set_tokens(self._tokens)
        self._has_table = False  # whether there is a vocabulary to look up in
        if vocabulary is not None:
            self.set_vocabulary(vocabulary, idf_weights)

    def _check_settings(
        self, max_tokens: Any, num_oov: int, pad: bool, invert: bool, mode: Any, sparse: bool, idf_weights: Any
    ) -> None:
        if max_tokens is not None and max_tokens <= 1:
            raise ValueError(f"If set, `max_tokens` must be greater than 1. Received: max_tokens={max_tokens}")
        if pad and max_tokens is None:
            raise ValueError(f"If pad_to_max_tokens is True, must set `max_tokens`. Received: max_tokens={max_tokens}")
        if num_oov < 0:
            raise ValueError(
                f"`num_oov_indices` must be greater than or equal to 0. Received: num_oov_indices={num_oov}"
            )
        check_mode(self, mode, _MODES)
        if invert and mode != "int":
            raise ValueError(f"`output_mode` must be `'int'` when `invert` is true. Received: output_mode={mode}")
        if sparse and mode == "int":
            raise ValueError(
                "`sparse` may only be true if `output_mode` is `'one_hot'`, `'multi_hot'`, `'count'` or `'tf_idf'`. "
                f"Received: sparse={sparse} and output_mode={mode}"
            )
        if idf_weights is not None and mode != "tf_idf":
            raise ValueError(
                "`idf_weights` should only be set if `output_mode` is `'tf_idf'`. "
                f"Received: idf_weights={idf_weights} and output_mode={mode}"
            )

    @property
    def _is_string(self) -> bool:
        return self.vocabulary_dtype == "string"

    @property
    def compute_dtype(self) -> str:
        return super().compute_dtype if legacy_keras() else self.vocabulary_dtype

    @property
    def variable_dtype(self) -> str:
        return super().variable_dtype if legacy_keras() else self.vocabulary_dtype

    # --- the vocabulary ---------------------------------------------------------------------------------
    def _oov_start(self) -> int:
        return 1 if self.mask_token is not None and self.output_mode == "int" else 0

    def _token_start(self) -> int:
        return self._oov_start() + self.num_oov_indices

    def _set_tokens(self, tokens: np.ndarray) -> None:
        self._tokens = tokens
        self._has_table = True
        words = convert_to_tensor(tokens, "string") if self._is_string else convert_to_tensor(tokens.astype("int64"))
        start = self._token_start()
        places = convert_to_tensor(np.arange(start, start + len(tokens)).astype(self._index_dtype))
        keys, values = (places, words) if self.invert else (words, places)
        if self.invert:
            default: Any = self.oov_token if self.oov_token is not None else ("" if self._is_string else -1)
        else:
            default = self._oov_start() if self.num_oov_indices == 1 else -1
        table = KeyValueTensorInitializer(keys, values, self._key_dtype, self._value_dtype)
        self.lookup_table = StaticHashTable(table, default)

    def get_vocabulary(self, include_special_tokens: bool = True) -> list[Any]:
        """The vocabulary.

        Args:
          include_special_tokens: bool, whether mask and OOV tokens are listed, so that places are indices.

        Returns:
          list of str, or of int.
        """
        tokens = [np.str_(token) for token in self._tokens] if self._is_string else list(self._tokens)
        if not include_special_tokens:
            return tokens
        mask = [self.mask_token] * self._oov_start()
        return [*mask, *[self.oov_token] * self.num_oov_indices, *tokens]

    def vocabulary_size(self) -> int:
        """The number of indices, with those of mask and OOV tokens."""
        return len(self._tokens) + self._token_start()

    vocab_size = vocabulary_size

    def set_vocabulary(self, vocabulary: Any, idf_weights: Any = None) -> None:
        """Sets the vocabulary.

        Args:
          vocabulary: list, array or tensor of distinct tokens, with or without the special tokens at the start; or
            the path of a text file with one in each line.
          idf_weights: list of float, one for each token; for output mode "tf_idf", which needs it.

        Raises:
          ValueError: tokens that are repeated, reserved or too many, or weights that do not fit.
        """
        if self.output_mode == "tf_idf" and idf_weights is None:
            raise ValueError("`idf_weights` must be set if output_mode is 'tf_idf'.")
        if self.output_mode != "tf_idf" and idf_weights is not None:
            raise ValueError(
                "`idf_weights` should only be set if output_mode is `'tf_idf'`. "
                f"Received: output_mode={self.output_mode} and idf_weights={idf_weights}"
            )
        if isinstance(vocabulary, (str, os.PathLike)):
            self._set_from_file(os.fspath(vocabulary))
            return
        vocabulary = token_array(vocabulary, self._is_string)
        start = self._token_start()
        special = [self.mask_token] * self._oov_start() + [self.oov_token] * self.num_oov_indices
        has_special = np.array_equal(np.array(special, object), vocabulary[:start].astype(object))
        tokens = vocabulary[start:] if has_special else vocabulary
        check_tokens(vocabulary, tokens, [self.mask_token, self.oov_token], self.invert)
        size = start + len(tokens)
        if self.max_tokens is not None and size > self.max_tokens:
            raise ValueError(
                "Attempted to set a vocabulary larger than the maximum vocab size. Received vocabulary size is "
                f"{size}; `max_tokens` is {self.max_tokens}."
            )
        self._set_tokens(tokens)
        self._record_size()
        if idf_weights is None:
            return
        weights = np.asarray(listed(idf_weights), dtype="float64")
        if len(vocabulary) != len(weights):
            raise ValueError(
                "`idf_weights` must be the same length as vocabulary. "
                f"len(idf_weights) is {len(weights)}; len(vocabulary) is {len(vocabulary)}"
            )
        if weights.ndim != 1:
            raise ValueError(f"TF-IDF data must be a 1-index array. Received: type(idf_weights)={type(idf_weights)}")
        total = self.max_tokens if self.pad_to_max_tokens else None
        self.idf_weights = padded_weights(weights, 0 if has_special else start, float(np.average(weights)), total)

    def _set_from_file(self, path: str) -> None:
        if in_safe_mode():
            raise ValueError(
                "Requested the loading of a vocabulary file outside of the model archive. This carries a potential "
                "risk of loading arbitrary and sensitive files and thus it is disallowed by default. If you trust "
                "the source of the artifact, pass `safe_mode=False` to the loading function, or call "
                f"`keras.config.enable_unsafe_deserialization()`. Vocabulary file: '{path}'"
            )
        if not os.path.exists(path):
            raise ValueError(f"Vocabulary file {path} does not exist.")
        if self.output_mode == "tf_idf":
            raise ValueError("output_mode `'tf_idf'` does not support loading a vocabulary from file.")
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self._set_tokens(np.array(lines, object) if self._is_string else np.array(lines).astype("int64"))
        self._record_size()

    def _record_size(self) -> None:
        size = self.vocabulary_size()
        fixed = self.output_mode != "int" and not self.pad_to_max_tokens
        if fixed and self._frozen_vocab_size is not None and size != self._frozen_vocab_size:
            raise RuntimeError(
                f"When using `output_mode={self.output_mode}` and `pad_to_max_tokens=False`, the vocabulary size "
                "cannot be changed after the layer is called. "
                f"Old vocab size is {self._frozen_vocab_size}, new vocab size is {size}"
            )
        self._frozen_vocab_size = size

    # --- adapting ---------------------------------------------------------------------------------------
    def adapt(self, data: Any, batch_size: int | None = None, steps: int | None = None) -> None:
        """Makes the vocabulary of the tokens of a data set, the most frequent first.

        Args:
          data: array, list or tensor of tokens, dataset or iterable of batches.
          batch_size: int, without effect on the result.
          steps: int, the number of batches to read, None for all.

        Raises:
          ValueError: the layer was given a vocabulary.
        """
        self.reset_state()
        found = batches_of(data, steps)
        if found is None:
            data = ensure_tensor(data, self.vocabulary_dtype)
            found = iter([tf.expand_dims(data, -1) if len(data.shape) == 1 else data])
        for batch in found:
            self.update_state(batch)
        self.finalize_state()
        self._adapted = True

    def update_state(self, data: Any) -> None:
        """Counts a batch."""
        if self._has_input_vocabulary:
            raise ValueError(
                f"Cannot adapt layer '{self.name}' after setting a static vocabulary via `vocabulary` argument or "
                "`set_vocabulary()` method."
            )
        self._counts.add(with_document_axis(ensure_tensor(data, self.vocabulary_dtype)))

    def finalize_state(self) -> None:
        """Makes the vocabulary of the counts."""
        if self._has_input_vocabulary or not self._counts.tokens:
            self._record_size()
            return
        reserved = [x.encode() if isinstance(x, str) else x for x in (self.mask_token, self.oov_token)]
        start = self._token_start()
        limit = self.max_tokens - start if self.max_tokens else None
        tokens = self._counts.most_common(reserved, limit)
        self._set_tokens(np.array([as_text(x) for x in tokens], object if self._is_string else "int64"))
        if self.output_mode == "tf_idf":
            weights = self._counts.inverse_document_frequency(tokens)
            total = self.max_tokens if self.pad_to_max_tokens else None
            self.idf_weights = padded_weights(weights, start, float(np.mean(weights)), total)
        self.reset_state()
        self._record_size()

    def reset_state(self) -> None:
        """Forgets the counts."""
        self._counts.clear()

    # --- calling ----------------------------------------------------------------------------------------
    def build(self, input_shape: Any = None) -> None:
        """Nothing is made: the vocabulary is the state."""

    def get_build_config(self) -> dict[str, Any]:
        return {}

    def build_from_config(self, config: Any) -> None:
        self.build(None)

    def compute_output_shape(self, input_shape: Any) -> Any:
        if self.output_mode == "int":
            return input_shape
        depth = self.max_tokens if self.pad_to_max_tokens else self._frozen_vocab_size
        return depth_shape(input_shape, depth, self.output_mode == "one_hot")

    def compute_output_spec(self, inputs: Any) -> Any:
        shape = self.compute_output_shape(tuple(inputs.shape))
        if self.output_mode != "int":
            dtype = super().compute_dtype if legacy_keras() else floatx()
        else:
            dtype = self._value_dtype if self.invert else self._index_dtype
        return KerasTensor(shape, dtype=dtype)

    def call(self, inputs: Any) -> Any:
        fixed = self.output_mode != "int" and not self.pad_to_max_tokens
        if fixed and self._frozen_vocab_size is None:
            raise RuntimeError(
                f"When using `output_mode={self.output_mode}` and `pad_to_max_tokens=False`, you must set the layer's "
                "vocabulary before calling it. Either pass a `vocabulary` argument to the layer, or call `adapt` with "
                "some sample data."
            )
        found = map_values(self._look_up, ensure_tensor(inputs, self._key_dtype))
        if self.output_mode == "int":
            return found
        depth = self.max_tokens if self.pad_to_max_tokens else self._frozen_vocab_size
        weighted = self.output_mode == "tf_idf"
        dtype = super().compute_dtype if legacy_keras() else self._value_dtype
        vectors = encode(found, "count" if weighted else self.output_mode, depth, dtype, self.sparse)
        if not weighted:
            return vectors
        if self.idf_weights is None:
            raise ValueError("When `output_mode` is `'tf_idf'`, `idf_weights` must be provided.")
        if self.sparse:
            weights = tf.gather(self.idf_weights, vectors.indices[:, -1])
            return type(vectors)(vectors.indices, cast(vectors.values, floatx()) * weights, vectors.dense_shape)
        return cast(vectors, floatx()) * self.idf_weights

    def _look_up(self, keys: Any) -> Any:
        if not self._has_table:
            raise FailedPreconditionError(None, None, "Table not initialized: the layer has no vocabulary yet.")
        found = self.lookup_table.lookup(keys)
        if not self.invert and self.num_oov_indices > 1:
            found = tf.where(equal(found, cast(-1, found.dtype)), self._oov_indices(keys), found)
        elif not self.invert and self.num_oov_indices == 0:
            self._check_known(keys, found)
        if self.mask_token is None:
            return found
        if self.invert:
            return tf.where(equal(keys, cast(0, keys.dtype)), convert_to_tensor(self.mask_token, found.dtype), found)
        place = 0 if self.output_mode == "int" else _INT64_MAX
        masked = equal(keys, convert_to_tensor(self.mask_token, keys.dtype))
        return tf.where(masked, convert_to_tensor(place, found.dtype), found)

    def _check_known(self, keys: Any, found: Any) -> None:
        known = not_equal(found, cast(-1, found.dtype))
        if self.mask_token is not None:
            known = known | equal(keys, convert_to_tensor(self.mask_token, keys.dtype))
        missing = constant_value(known)
        shown = "" if missing is None else f", found OOV values {np.asarray(keys)[~np.asarray(missing)].tolist()}"
        Assert(
            reduce_all(known),
            [
                f"When `num_oov_indices=0` all inputs should be in vocabulary{shown}, consider setting "
                "`num_oov_indices=1`."
            ],
        )

    def _oov_indices(self, keys: Any) -> Any:
        count = self.num_oov_indices
        if not self._is_string and self.oov_method != "farmhash":
            places = floormod(keys, cast(count, keys.dtype))
        else:
            words = keys if self._is_string else strings.as_string(keys)
            if self.salt is not None:
                places = strings.to_hash_bucket_strong(words, count, key=self.salt)
            else:
                places = strings.to_hash_bucket_fast(words, count)
        return cast(places, self._index_dtype) + cast(self._oov_start(), self._index_dtype)

    # --- saving -----------------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        config = {
            **super().get_config(),
            "invert": self.invert,
            "max_tokens": self.max_tokens,
            "num_oov_indices": self.num_oov_indices,
            "oov_token": self.oov_token,
            "mask_token": self.mask_token,
            "output_mode": self.output_mode,
            "sparse": self.sparse,
            "pad_to_max_tokens": self.pad_to_max_tokens,
            "vocabulary_dtype": self.vocabulary_dtype,
            "idf_weights": listed(self.input_idf_weights),
            "vocabulary": listed(self.input_vocabulary),
            "vocabulary_size": self._frozen_vocab_size,
        }
        return config if legacy_keras() else {**config, "oov_method": self.oov_method, "salt": self.salt}

    def save_own_variables(self, store: Any) -> None:
        if self.output_mode == "tf_idf" and self.idf_weights is not None:
            store["idf_weights"] = np.asarray(self.idf_weights)

    def load_own_variables(self, store: Any) -> None:
        if self.output_mode == "tf_idf":
            self.idf_weights = convert_to_tensor(np.array(store["idf_weights"], "float32"))

    def save_assets(self, dir_path: Any) -> None:
        """Writes the vocabulary, where ``adapt`` or ``set_vocabulary`` made it, to ``vocabulary.txt``."""
        if self.input_vocabulary is not None:
            return
        with open(os.path.join(dir_path, "vocabulary.txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(str(token) for token in self.get_vocabulary()))

    def load_assets(self, dir_path: Any) -> None:
        """Reads what ``save_assets`` wrote."""
        if self.input_vocabulary is not None:
            return
        with open(os.path.join(dir_path, "vocabulary.txt"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        while lines and lines[-1] == "":
            lines.pop()
        values = lines if self._is_string else [int(line) for line in lines]
        weights = np.asarray(self.idf_weights)[: len(values)] if self.output_mode == "tf_idf" else None
        self.set_vocabulary(values, idf_weights=weights)
