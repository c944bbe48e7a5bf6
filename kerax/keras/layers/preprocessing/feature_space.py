"""``keras.utils.FeatureSpace``: the columns of a table, each prepared by its own layer."""

from __future__ import annotations

from typing import Any

import kerax.array_ops as tf
from kerax.core.config import legacy_keras
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.data.dataset import Dataset
from kerax.keras.engine.input_layer import Input
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.names import auto_name
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.layers.preprocessing.category_encoding import CategoryEncoding
from kerax.keras.layers.preprocessing.data_layer import DataLayer
from kerax.keras.layers.preprocessing.discretization import Discretization
from kerax.keras.layers.preprocessing.hashing import HashedCrossing, Hashing
from kerax.keras.layers.preprocessing.normalization import Normalization
from kerax.keras.layers.preprocessing.rescaling import Rescaling
from kerax.keras.layers.preprocessing.string_lookup import IntegerLookup, StringLookup
from kerax.keras.layers.preprocessing.text_vectorization import TextVectorization
from kerax.keras.saving.saving_api import save_model
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.keras.tree import structure as tree


def _check_mode(mode: str, allowed: tuple[str, ...], order: str) -> None:
    if mode not in allowed:
        raise ValueError(
            f"Invalid value for argument `output_mode`. Expected one of {order}. Received: output_mode={mode}"
        )


class Cross:
    """Features that are hashed together.

    Args:
      feature_names: names of the features.
      crossing_dim: int, the number of bins.
      output_mode: "one_hot" or "int".
    """

    def __init__(self, feature_names: Any, crossing_dim: int, output_mode: str = "one_hot") -> None:
        _check_mode(output_mode, ("int", "one_hot"), "{'int', 'one_hot'}")
        self.feature_names = tuple(feature_names)
        self.crossing_dim = crossing_dim
        self.output_mode = output_mode

    def _obj_type(self) -> str:
        return "Cross"

    @property
    def name(self) -> str:
        """The features' names, joined."""
        return "_X_".join(self.feature_names)

    def get_config(self) -> dict[str, Any]:
        return {
            "feature_names": self.feature_names,
            "crossing_dim": self.crossing_dim,
            "output_mode": self.output_mode,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Cross:
        return cls(**config)


class Feature:
    """One column.

    Args:
      dtype: str, of the column.
      preprocessor: layer.
      output_mode: "one_hot", "int" or "float".
    """

    def __init__(self, dtype: str, preprocessor: Any, output_mode: str) -> None:
        _check_mode(output_mode, ("int", "one_hot", "float"), "{'int', 'one_hot', 'float'}")
        self.dtype = dtype
        self.preprocessor = deserialize_keras_object(preprocessor) if isinstance(preprocessor, dict) else preprocessor
        self.output_mode = output_mode

    def _obj_type(self) -> str:
        return "Feature"

    def get_config(self) -> dict[str, Any]:
        return {
            "dtype": self.dtype,
            "preprocessor": serialize_keras_object(self.preprocessor),
            "output_mode": self.output_mode,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Feature:
        return cls(**config)


class TFDIdentity(DataLayer):
    """Values as they are."""

    def call(self, x: Any) -> Any:
        return x


class TFDConcat(DataLayer):
    """Encoded features side by side."""

    def __init__(self, axis: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, xs: Any) -> Any:
        return tf.concat(xs, self.axis)


class FeatureSpace(Layer):
    """Prepares and encodes the columns of a table.

    Args:
      features: dict of a column's name → its kind: "float", "float_normalized", "float_rescaled",
        "float_discretized", "integer_categorical", "string_categorical", "integer_hashed", "string_hashed", or what
        the class methods of these names return.
      output_mode: "concat" for one float vector a row, or "dict".
      crosses: list of tuples of names of features that are hashed together, or of ``FeatureSpace.cross(…)``.
      crossing_dim: int, the bins of a cross.
      hashing_dim: int, the bins of hashed features.
      num_discretization_bins: int, the bins of discretized features.
      name: str.

    Raises:
      ValueError: no features, an unknown kind, a cross of unknown features, an unknown mode.

    >>> import kerax as tf
    >>> space = tf.keras.utils.FeatureSpace({"age": "float_rescaled", "town": "string_categorical"})
    >>> space.adapt({"age": [3., 4.], "town": ["Rome", "Bonn"]})
    >>> space({"age": [3.], "town": ["Rome"]}).numpy()
    array([[3., 0., 1., 0.]], dtype=float32)
    """

    @classmethod
    def cross(cls, feature_names: Any, crossing_dim: int, output_mode: str = "one_hot") -> Cross:
        """Features that are hashed together into ``crossing_dim`` bins."""
        return Cross(feature_names, crossing_dim, output_mode=output_mode)

    @classmethod
    def feature(cls, dtype: str, preprocessor: Any, output_mode: str) -> Feature:
        """A column prepared by a layer of one's own."""
        return Feature(dtype, preprocessor, output_mode)

    @classmethod
    def float(cls, name: str | None = None) -> Feature:
        """Numbers as they are."""
        return Feature("float32", TFDIdentity(dtype="float32", name=_inner(name, "float")), "float")

    @classmethod
    def float_rescaled(cls, scale: Any = 1.0, offset: Any = 0.0, name: str | None = None) -> Feature:
        """Numbers, ``scale * x + offset``."""
        return Feature("float32", Rescaling(scale, offset, name=_inner(name, "float_rescaled")), "float")

    @classmethod
    def float_normalized(cls, name: str | None = None) -> Feature:
        """Numbers, less their mean, over their standard deviation."""
        return Feature("float32", Normalization(axis=-1, name=_inner(name, "float_normalized")), "float")

    @classmethod
    def float_discretized(
        cls, num_bins: int, bin_boundaries: Any = None, output_mode: str = "one_hot", name: str | None = None
    ) -> Feature:
        """Numbers as bins with as many values each, or between boundaries."""
        name = _inner(name, "float_discretized")
        return Feature("float32", Discretization(bin_boundaries, num_bins, name=name), output_mode)

    @classmethod
    def integer_categorical(
        cls,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        output_mode: str = "one_hot",
        name: str | None = None,
    ) -> Feature:
        """Integers as places in a vocabulary."""
        dtype = "int64" if legacy_keras() else "int32"
        name = _inner(name, "integer_categorical")
        return Feature(dtype, IntegerLookup(max_tokens, num_oov_indices, name=name), output_mode)

    @classmethod
    def string_categorical(
        cls,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        output_mode: str = "one_hot",
        name: str | None = None,
    ) -> Feature:
        """Strings as places in a vocabulary."""
        name = _inner(name, "string_categorical")
        return Feature("string", StringLookup(max_tokens, num_oov_indices, name=name), output_mode)

    @classmethod
    def string_hashed(cls, num_bins: int, output_mode: str = "one_hot", name: str | None = None) -> Feature:
        """Strings as bins of a hash."""
        return Feature("string", Hashing(num_bins, name=_inner(name, "string_hashed")), output_mode)

    @classmethod
    def integer_hashed(cls, num_bins: int, output_mode: str = "one_hot", name: str | None = None) -> Feature:
        """Integers as bins of a hash."""
        dtype = "int64" if legacy_keras() else "int32"
        return Feature(dtype, Hashing(num_bins, name=_inner(name, "integer_hashed")), output_mode)

    def __init__(
        self,
        features: dict[str, Any],
        output_mode: str = "concat",
        crosses: Any = None,
        crossing_dim: int = 32,
        hashing_dim: int = 32,
        num_discretization_bins: int = 32,
        name: str | None = None,
    ) -> None:
        super().__init__(name=name)
        if not features:
            raise ValueError("The `features` argument cannot be None or empty.")
        self.crossing_dim = crossing_dim
        self.hashing_dim = hashing_dim
        self.num_discretization_bins = num_discretization_bins
        self.features = {name: self._feature(name, kind) for name, kind in features.items()}
        self.crosses = [self._cross(cross) for cross in crosses or ()]
        self.crosses_by_name = {cross.name: cross for cross in self.crosses}
        _check_mode(output_mode, ("dict", "concat"), "{'dict', 'concat'}")
        self.output_mode = output_mode
        self.inputs = {
            name: Input(shape=(1,), dtype=feature.dtype, name=name) for name, feature in self.features.items()
        }
        self.preprocessors = {name: feature.preprocessor for name, feature in self.features.items()}
        self.encoded_features: Any = None
        self.crossers = {cross.name: HashedCrossing(cross.crossing_dim, name=cross.name) for cross in self.crosses}
        self.one_hot_encoders: dict[str, Any] = {}
        self._is_adapted = False
        self.concat: Any = None

    def _feature(self, name: str, kind: Any) -> Feature:
        if isinstance(kind, Feature):
            return kind
        if isinstance(kind, dict):
            return deserialize_keras_object(kind)
        arguments: dict[str, Any] = {
            "float": {}, "float_normalized": {}, "float_rescaled": {}, "integer_categorical": {},
            "string_categorical": {}, "float_discretized": {"num_bins": self.num_discretization_bins},
            "integer_hashed": {"num_bins": self.hashing_dim}, "string_hashed": {"num_bins": self.hashing_dim},
        }  # fmt: skip
        if kind not in arguments:
            raise ValueError(f"Invalid feature type: {kind}")
        return getattr(self, kind)(name=name, **arguments[kind])

    def _cross(self, cross: Any) -> Cross:
        if isinstance(cross, dict):
            cross = deserialize_keras_object(cross)
        if isinstance(cross, Cross):
            return cross
        if not self.crossing_dim:
            raise ValueError(
                "When specifying `crosses`, the argument `crossing_dim` (dimensionality of the crossing space) "
                "should be specified as well."
            )
        if any(name not in self.features for name in cross):
            raise ValueError(
                "All features referenced in the `crosses` argument should be present in the `features` dict. "
                f"Received unknown features: {cross}"
            )
        return Cross(cross, crossing_dim=self.crossing_dim)

    # --- adapting ---
    def _adaptable(self) -> list[str]:
        """The names of the features whose layer learns from data."""

        def is_set(layer: Any) -> bool:
            if isinstance(layer, Normalization):
                return layer.input_mean is not None
            return isinstance(layer, TextVectorization) and layer._lookup_layer._has_input_vocabulary

        return [name for name, layer in self.preprocessors.items() if hasattr(layer, "adapt") and not is_set(layer)]

    def adapt(self, dataset: Any) -> None:
        """Computes vocabularies, means and bins.

        Args:
          dataset: ``tf.data.Dataset`` of dicts, of rows or batches; or a dict of arrays.

        Raises:
          ValueError: something else.
        """
        if not isinstance(dataset, Dataset):
            if not isinstance(dataset, dict) or legacy_keras():
                what = "a tf.data.Dataset" if legacy_keras() else "a tf.data.Dataset or a dict of arrays/lists"
                raise ValueError(
                    f"`adapt()` can only be called on {what}. Received instead: {dataset} (of type {type(dataset)})"
                )
            dataset = Dataset.from_tensor_slices(dataset)
        for name in self._adaptable():
            column = dataset.map(lambda x, name=name: x[name])
            rank = len(next(iter(column)).shape)
            if rank == 0:
                column = column.batch(32)
            if rank < 2:
                column = column.map(lambda x: tf.expand_dims(x, -1))
            self.preprocessors[name].adapt(column)
        self._is_adapted = True
        self.get_encoded_features()
        self.built = True

    def _check_adapted(self) -> None:
        if not self._is_adapted and self._adaptable():
            raise ValueError("You need to call `.adapt(dataset)` on the FeatureSpace before you can start using it.")
        self._is_adapted = True

    def get_inputs(self) -> dict[str, Any]:
        """Symbolic inputs, for a model that takes raw columns."""
        self.get_encoded_features()
        return self.inputs

    def get_encoded_features(self) -> Any:
        """What the space makes of ``get_inputs()``, for a model that takes encoded columns.

        Raises:
          ValueError: the space is not adapted, or a feature cannot be encoded as asked.
        """
        self._check_adapted()
        if self.encoded_features is None:
            self.encoded_features = self._merged(*self._prepared(self.inputs))
        return self.encoded_features

    # --- encoding ---
    def _prepared(self, columns: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The columns after their layers, and the crosses."""
        prepared = {name: self.preprocessors[name](column) for name, column in columns.items()}
        crossed = {
            cross.name: self.crossers[cross.name]([prepared[name] for name in cross.feature_names])
            for cross in self.crosses
        }
        return prepared, crossed

    def _merged(self, prepared: dict[str, Any], crossed: dict[str, Any]) -> Any:
        encoded = {
            name: self._encoded(name, part[name], specs[name])
            for part, specs in ((prepared, self.features), (crossed, self.crosses_by_name))
            for name in sorted(part)
        }
        if self.output_mode == "dict":
            return encoded
        for name, column in encoded.items():
            dtype = standardize_dtype(column.dtype)
            if dtype.startswith("int") or dtype == "string":
                raise ValueError(
                    f"Cannot concatenate features because feature '{name}' has not been encoded (it has dtype "
                    f"{dtype}). Consider using `output_mode='dict'`."
                )
        if self.concat is None:
            self.concat = TFDConcat(axis=-1)
        return self.concat(list(encoded.values()))

    def _encoded(self, name: str, column: Any, spec: Any) -> Any:
        if spec.output_mode != "one_hot":
            return column
        if name not in self.one_hot_encoders:
            dtype = standardize_dtype(tree.flatten(column)[0].dtype)
            if not dtype.startswith("int"):
                raise ValueError(
                    f"Feature '{name}' has `output_mode='one_hot'`. Thus its preprocessor should return an integer "
                    f"dtype. Instead it returns a {dtype} dtype."
                )
            size = _cardinality(self.preprocessors.get(name) or self.crossers.get(name))
            if size is None:
                raise ValueError(
                    f"Feature '{name}' has `output_mode='one_hot'`. However it isn't a standard feature and the "
                    "dimensionality of its output space is not known, thus it cannot be one-hot encoded. Try using "
                    "`output_mode='int'`."
                )
            self.one_hot_encoders[name] = CategoryEncoding(num_tokens=size, output_mode="multi_hot")
        return self.one_hot_encoders[name](column)

    def __call__(self, data: Any) -> Any:
        """The encoded columns.

        Args:
          data: dict of a column's name → scalar, values ``[batch]`` or ``[batch, 1]``.

        Returns:
          float32 ``[batch, sizes of all features]``, or a dict in the mode "dict"; without ``batch`` for scalars.

        Raises:
          ValueError: the space is not adapted, or ``data`` is no dict.
        """
        self.get_encoded_features()
        if not isinstance(data, dict):
            raise ValueError(
                f"A FeatureSpace can only be called with a dict. Received: data={data} (of type {type(data)}"
            )
        columns = {name: value if _is_tensor(value) else convert_to_tensor(value) for name, value in data.items()}
        ranks = {name: len(value.shape) for name, value in columns.items()}
        for name, rank in ranks.items():
            if rank == 0:
                columns[name] = tf.reshape(columns[name], (1, 1))
            elif rank == 1:
                columns[name] = tf.expand_dims(columns[name], -1)
        merged = self._merged(*self._prepared(columns))
        if 0 not in ranks.values():
            return merged
        if self.output_mode == "dict":
            one = {name: len(value.shape) == 2 and value.shape[0] == 1 for name, value in merged.items()}
            return {name: tf.squeeze(value, axis=0) if one[name] else value for name, value in merged.items()}
        if not legacy_keras() and merged.shape[0] != 1:
            raise ValueError(f"Expected rebatched data to have batch size 1. Received: shape={merged.shape}")
        return tf.squeeze(merged, axis=0)

    # --- saving ---
    def get_config(self) -> dict[str, Any]:
        return {
            "features": serialize_keras_object(self.features),
            "output_mode": self.output_mode,
            "crosses": serialize_keras_object(self.crosses),
            "crossing_dim": self.crossing_dim,
            "hashing_dim": self.hashing_dim,
            "num_discretization_bins": self.num_discretization_bins,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> FeatureSpace:
        return cls(**config)

    def get_build_config(self) -> dict[str, Any]:
        return {name: feature.preprocessor.get_build_config() for name, feature in self.features.items()}

    def build_from_config(self, config: dict[str, Any]) -> None:
        for name, inner in config.items():
            layer = self.features[name].preprocessor
            if not layer.built:
                layer.build_from_config(inner)
        self._is_adapted = True

    def save(self, filepath: Any) -> None:
        """Saves the space as a ``.keras`` file, which ``keras.models.load_model`` reads.

        Args:
          filepath: path that ends in ``.keras``.
        """
        save_model(self, filepath)

    def save_own_variables(self, store: Any) -> None:
        """Nothing: the state is that of the features' layers."""

    def load_own_variables(self, store: Any) -> None:
        """Nothing: the state is that of the features' layers."""


def _inner(name: str | None, kind: str) -> str:
    return f"{name or auto_name(kind)}_preprocessor"


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor) or hasattr(value, "_kerax_components")


def _cardinality(layer: Any) -> int | None:
    """How many integers a layer may return, None if that is not known."""
    if isinstance(layer, (IntegerLookup, StringLookup)):
        return layer.vocabulary_size()
    if isinstance(layer, CategoryEncoding):
        return layer.num_tokens
    return layer.num_bins if isinstance(layer, (Discretization, Hashing, HashedCrossing)) else None
