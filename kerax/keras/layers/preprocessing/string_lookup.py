"""``keras.layers.StringLookup`` and ``keras.layers.IntegerLookup``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.config import legacy_keras
from kerax.keras.layers.preprocessing.index_lookup import IndexLookup


class StringLookup(IndexLookup):
    """Strings as indices into a vocabulary, or vectors of such; or back.

    Args:
      max_tokens: int, the largest size of the vocabulary with special tokens, None for any.
      num_oov_indices: int, how many indices strings share that the vocabulary lacks; with 0 they are an error.
      mask_token: str that gets index 0 in output mode "int" and counts for nothing else, None for none.
      oov_token: str that stands for unknown indices where ``invert``.
      vocabulary: list, array, tensor or path of a text file; None where ``adapt`` finds it.
      idf_weights: list of float, the weights of the vocabulary's tokens for "tf_idf".
      invert: bool, whether indices become strings.
      output_mode: "int", "one_hot", "multi_hot", "count" or "tf_idf".
      pad_to_max_tokens: bool, whether vectors have the length ``max_tokens``.
      sparse: bool, whether vectors are SparseTensors.
      encoding: str, the strings' encoding.
      salt: int or pair of ints that keys the hash of unknown strings.

    >>> import kerax as tf
    >>> tf.keras.layers.StringLookup(vocabulary=["a", "b"])(tf.constant(["b", "z"])).numpy()
    array([2, 0])
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        mask_token: str | None = None,
        oov_token: str = "[UNK]",
        vocabulary: Any = None,
        idf_weights: Any = None,
        invert: bool = False,
        output_mode: str = "int",
        pad_to_max_tokens: bool = False,
        sparse: bool = False,
        encoding: str = "utf-8",
        name: str | None = None,
        salt: Any = None,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("vocabulary_dtype", None)
        self.encoding = encoding
        super().__init__(
            max_tokens=max_tokens,
            num_oov_indices=num_oov_indices,
            mask_token=mask_token,
            oov_token=oov_token,
            vocabulary_dtype="string",
            vocabulary=vocabulary,
            idf_weights=idf_weights,
            invert=invert,
            output_mode=output_mode,
            sparse=sparse,
            pad_to_max_tokens=pad_to_max_tokens,
            name=name,
            salt=salt,
            **kwargs,
        )

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "encoding": self.encoding}
        del config["vocabulary_dtype"]
        return config


class IntegerLookup(IndexLookup):
    """Integers as indices into a vocabulary, or vectors of such; or back.

    Args:
      max_tokens: int, the largest size of the vocabulary with special tokens, None for any.
      num_oov_indices: int, how many indices integers share that the vocabulary lacks; with 0 they are an error.
      mask_token: int that gets index 0 in output mode "int" and counts for nothing else, None for none.
      oov_token: int that stands for unknown indices where ``invert``.
      vocabulary: list, array, tensor or path of a text file; None where ``adapt`` finds it.
      vocabulary_dtype: "int64", in Keras 2 "int32" too.
      idf_weights: list of float, the weights of the vocabulary's tokens for "tf_idf".
      invert: bool, whether indices become the integers again.
      output_mode: "int", "one_hot", "multi_hot", "count" or "tf_idf".
      sparse: bool, whether vectors are SparseTensors.
      pad_to_max_tokens: bool, whether vectors have the length ``max_tokens``.
      oov_method: "floormod" or "farmhash": how unknown integers share the indices.
      salt: int or pair of ints that keys the hash.

    >>> import kerax as tf
    >>> tf.keras.layers.IntegerLookup(vocabulary=[12, 36])(tf.constant([36, 5])).numpy()
    array([2, 0])
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        mask_token: int | None = None,
        oov_token: int = -1,
        vocabulary: Any = None,
        vocabulary_dtype: str = "int64",
        idf_weights: Any = None,
        invert: bool = False,
        output_mode: str = "int",
        sparse: bool = False,
        pad_to_max_tokens: bool = False,
        oov_method: str = "floormod",
        salt: Any = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if vocabulary_dtype not in (("int64", "int32") if legacy_keras() else ("int64",)):
            raise ValueError(
                "Only `vocabulary_dtype='int64'` is supported at this time. "
                f"Received: vocabulary_dtype={vocabulary_dtype}"
            )
        if legacy_keras():
            for old, new in (("max_values", "max_tokens"), ("mask_value", "mask_token"), ("oov_value", "oov_token")):
                if old in kwargs:
                    value = kwargs.pop(old)
                    max_tokens = value if new == "max_tokens" else max_tokens
                    mask_token = value if new == "mask_token" else mask_token
                    oov_token = value if new == "oov_token" else oov_token
            number = np.dtype(vocabulary_dtype).type
            mask_token = None if mask_token is None else number(mask_token)
            oov_token = None if oov_token is None else number(oov_token)
        super().__init__(
            max_tokens=max_tokens,
            num_oov_indices=num_oov_indices,
            mask_token=mask_token,
            oov_token=oov_token,
            vocabulary_dtype=vocabulary_dtype,
            vocabulary=vocabulary,
            idf_weights=idf_weights,
            invert=invert,
            output_mode=output_mode,
            sparse=sparse,
            pad_to_max_tokens=pad_to_max_tokens,
            oov_method=oov_method,
            salt=salt,
            name=name,
            **kwargs,
        )

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        for key in ("oov_token", "mask_token"):
            config[key] = None if config[key] is None else int(config[key])
        if config["vocabulary"] is not None and not isinstance(config["vocabulary"], str):
            config["vocabulary"] = [int(token) for token in config["vocabulary"]]
        return config
