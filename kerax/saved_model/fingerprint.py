"""``tf.saved_model.experimental.Fingerprint``: numbers that tell SavedModels apart."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from kerax.io.atomic import write_bytes
from kerax.io.proto import message
from kerax.saved_model import constants

FILE = "fingerprint.pb"
_FIELDS = (
    "saved_model_checksum", "graph_def_program_hash", "signature_def_hash", "saved_object_graph_hash",
    "checkpoint_hash",
)  # fmt: skip


class Fingerprint:
    """The hashes of a SavedModel.

    Args:
      saved_model_checksum, graph_def_program_hash, signature_def_hash, saved_object_graph_hash, checkpoint_hash:
        int below 2**64.
      version: int.
    """

    def __init__(
        self,
        saved_model_checksum: int | None = None,
        graph_def_program_hash: int | None = None,
        signature_def_hash: int | None = None,
        saved_object_graph_hash: int | None = None,
        checkpoint_hash: int | None = None,
        version: Any = None,
    ) -> None:
        self.saved_model_checksum = saved_model_checksum
        self.graph_def_program_hash = graph_def_program_hash
        self.signature_def_hash = signature_def_hash
        self.saved_object_graph_hash = saved_object_graph_hash
        self.checkpoint_hash = checkpoint_hash
        self.version = version

    @classmethod
    def from_proto(cls, proto: Any) -> Fingerprint:
        """The fingerprint of a ``FingerprintDef``, or of its bytes."""
        if isinstance(proto, bytes):
            proto = message("FingerprintDef").FromString(proto)
        return cls(*(getattr(proto, name) for name in _FIELDS), version=proto.version.producer)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fingerprint):
            return False
        return all(getattr(self, name) == getattr(other, name) for name in _FIELDS)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        lines = "".join(f"  {name}: {getattr(self, name)}\n" for name in (*_FIELDS, "version"))
        return f"SavedModel Fingerprint\n{lines}"

    def __repr__(self) -> str:
        values = ", ".join(str(getattr(self, name)) for name in _FIELDS)
        return f"Fingerprint({values})"

    def singleprint(self) -> str:
        """One str of the hashes of program, signatures, objects and variables.

        Raises:
          ValueError: one is missing.
        """
        if any(getattr(self, name) is None for name in _FIELDS[1:]):
            raise ValueError("Encountered invalid fingerprint values when constructing singleprint.")
        return "/".join(str(getattr(self, name)) for name in _FIELDS[1:])


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest()[:8], "little")


def write_fingerprint(folder: str, saved_model: bytes, signatures: bytes) -> None:
    """Writes ``fingerprint.pb`` of a SavedModel."""
    index = os.path.join(folder, constants.VARIABLES_DIRECTORY, f"{constants.VARIABLES_FILENAME}.index")
    checkpoint = b""
    if os.path.exists(index):
        with open(index, "rb") as file:
            checkpoint = file.read()
    digest = hashlib.sha256()
    programs = os.path.join(folder, "programs")
    for name in sorted(os.listdir(programs)):
        with open(os.path.join(programs, name), "rb") as file:
            digest.update(file.read())
    with open(os.path.join(folder, "kerax.json"), "rb") as file:
        objects = file.read()
    found = message("FingerprintDef")(
        saved_model_checksum=_hash(saved_model),
        graph_def_program_hash=int.from_bytes(digest.digest()[:8], "little"),
        signature_def_hash=_hash(signatures),
        saved_object_graph_hash=_hash(objects),
        checkpoint_hash=_hash(checkpoint),
    )
    found.version.producer = 1
    write_bytes(os.path.join(folder, FILE), found.SerializeToString())


def read_fingerprint(export_dir: Any) -> Fingerprint:
    """The fingerprint of a SavedModel.

    Args:
      export_dir: str, its folder.

    Raises:
      FileNotFoundError: there is none.
      RuntimeError: it cannot be read.
    """
    path = os.path.join(os.fspath(export_dir), FILE)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileNotFoundError(f"SavedModel Fingerprint Error: There is no fingerprint in {export_dir}.") from error
    try:
        return Fingerprint.from_proto(data)
    except Exception as error:
        raise RuntimeError(f"SavedModel Fingerprint Error: the fingerprint of {export_dir} cannot be read.") from error
