"""Copies and pickles of Keras' objects, made as Keras makes them: through the ``.keras`` format."""

from __future__ import annotations

import copy
import copyreg
import io
from typing import Any

from kerax.core.config import legacy_keras


class KerasSaveable:
    """Layers, models, losses, metrics, optimizers: copied and pickled as the bytes of a ``.keras`` file.

    In Keras 2 these are plain python objects, but for models that are built.
    """

    @classmethod
    def _unpickle_model(cls, file: io.BytesIO) -> Any:
        from kerax.keras.saving.archive import load_archive

        return load_archive(file, safe_mode=False)

    def _in_keras_format(self) -> bool:
        return not legacy_keras()

    def __reduce__(self) -> tuple[Any, ...]:
        if not self._in_keras_format():
            return copyreg.__newobj__, (type(self),), self.__getstate__()  # type: ignore[attr-defined]
        from kerax.keras.saving.archive import write_archive

        file = io.BytesIO()
        write_archive(self, file)
        return self._unpickle_model, (file,)


class SaveableModel(KerasSaveable):
    """A model: in Keras 2 a ``.keras`` file too once it is built; even ``copy.copy`` copies its weights."""

    def _in_keras_format(self) -> bool:
        return super()._in_keras_format() or self.built  # type: ignore[attr-defined]

    def __copy__(self) -> Any:
        return copy.deepcopy(self)
