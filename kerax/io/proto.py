"""TensorFlow's protocol buffer messages, declared at run time: no generated files are needed.

They live in a descriptor pool of their own, so that another library may bring TensorFlow's own files.
"""

from __future__ import annotations

import functools
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_TYPES = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "int32": _TYPES.TYPE_INT32,
    "int64": _TYPES.TYPE_INT64,
    "uint32": _TYPES.TYPE_UINT32,
    "uint64": _TYPES.TYPE_UINT64,
    "float": _TYPES.TYPE_FLOAT,
    "double": _TYPES.TYPE_DOUBLE,
    "bool": _TYPES.TYPE_BOOL,
    "string": _TYPES.TYPE_STRING,
    "bytes": _TYPES.TYPE_BYTES,
}

# message: {field: (number, type)}; "*" repeated, "map" from string, "|" member of the oneof "kind"
_MESSAGES: dict[str, dict[str, tuple[int, str]]] = {
    "BytesList": {"value": (1, "*bytes")},
    "FloatList": {"value": (1, "*float")},
    "Int64List": {"value": (1, "*int64")},
    "Feature": {
        "bytes_list": (1, "|BytesList"),
        "float_list": (2, "|FloatList"),
        "int64_list": (3, "|Int64List"),
    },
    "Features": {"feature": (1, "map Feature")},
    "FeatureList": {"feature": (1, "*Feature")},
    "FeatureLists": {"feature_list": (1, "map FeatureList")},
    "Example": {"features": (1, "Features")},
    "SequenceExample": {"context": (1, "Features"), "feature_lists": (2, "FeatureLists")},
    "TensorShapeProto": {"dim": (2, "*TensorShapeProto.Dim"), "unknown_rank": (3, "bool")},
    "TensorProto": {
        "dtype": (1, "int32"),
        "tensor_shape": (2, "TensorShapeProto"),
        "version_number": (3, "int32"),
        "tensor_content": (4, "bytes"),
        "half_val": (13, "*int32"),
        "float_val": (5, "*float"),
        "double_val": (6, "*double"),
        "int_val": (7, "*int32"),
        "string_val": (8, "*bytes"),
        "scomplex_val": (9, "*float"),
        "int64_val": (10, "*int64"),
        "bool_val": (11, "*bool"),
        "dcomplex_val": (12, "*double"),
        "uint32_val": (16, "*uint32"),
        "uint64_val": (17, "*uint64"),
    },
}
_NESTED = {"TensorShapeProto": {"Dim": {"size": (1, "int64"), "name": (2, "string")}}}


def _add_fields(message: Any, fields: dict[str, tuple[int, str]]) -> None:
    for name, (number, kind) in fields.items():
        field = message.field.add(name=name, number=number)
        field.label = _TYPES.LABEL_REPEATED if kind[0] == "*" or kind.startswith("map ") else _TYPES.LABEL_OPTIONAL
        if kind.startswith("map "):
            entry_name = "".join(part.capitalize() for part in name.split("_")) + "Entry"
            entry = message.nested_type.add(name=entry_name)
            entry.options.map_entry = True
            _add_fields(entry, {"key": (1, "string"), "value": (2, kind[4:])})
            kind = f"{message.name}.{entry_name}"
        elif kind[0] == "|":
            if not message.oneof_decl:
                message.oneof_decl.add(name="kind")
            field.oneof_index = 0
        kind = kind.lstrip("*|")
        if kind in _SCALARS:
            field.type = _SCALARS[kind]
        else:
            field.type = _TYPES.TYPE_MESSAGE
            field.type_name = f".tensorflow.{kind}"


@functools.cache
def _pool() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name="kerax/tensorflow.proto", package="tensorflow", syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for inner, inner_fields in _NESTED.get(name, {}).items():
            _add_fields(message.nested_type.add(name=inner), inner_fields)
        _add_fields(message, fields)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool


@functools.cache
def message(name: str) -> Any:
    """The class of a message of TensorFlow's, such as ``"Example"``."""
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"tensorflow.{name}"))
