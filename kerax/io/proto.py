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
    "sint64": _TYPES.TYPE_SINT64,
    "string": _TYPES.TYPE_STRING,
    "bytes": _TYPES.TYPE_BYTES,
    "fixed32": _TYPES.TYPE_FIXED32,
}

# message: {field: (number, type)}; "*" repeated, "map" from string, "map32" from int32, "|" member of the oneof
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
    # checkpoints
    "VersionDef": {"producer": (1, "int32"), "min_consumer": (2, "int32"), "bad_consumers": (3, "*int32")},
    "TensorSliceProto": {"extent": (1, "*TensorSliceProto.Extent")},
    "BundleHeaderProto": {"num_shards": (1, "int32"), "endianness": (2, "int32"), "version": (3, "VersionDef")},
    "BundleEntryProto": {
        "dtype": (1, "int32"),
        "shape": (2, "TensorShapeProto"),
        "shard_id": (3, "int32"),
        "offset": (4, "int64"),
        "size": (5, "int64"),
        "crc32c": (6, "fixed32"),
        "slices": (7, "*TensorSliceProto"),
    },
    "BoolValue": {"value": (1, "bool")},
    "RegisteredSaver": {"name": (1, "string"), "object_name": (2, "string")},
    "TrackableObjectGraph": {"nodes": (1, "*TrackableObjectGraph.TrackableObject")},
    "CheckpointState": {
        "model_checkpoint_path": (1, "string"),
        "all_model_checkpoint_paths": (2, "*string"),
        "all_model_checkpoint_timestamps": (3, "*double"),
        "last_preserved_timestamp": (4, "double"),
    },
    # SavedModels
    "FingerprintDef": {
        "saved_model_checksum": (1, "uint64"),
        "graph_def_program_hash": (2, "uint64"),
        "signature_def_hash": (3, "uint64"),
        "saved_object_graph_hash": (4, "uint64"),
        "checkpoint_hash": (5, "uint64"),
        "version": (6, "VersionDef"),
    },
    "TensorInfo": {"name": (1, "string"), "dtype": (2, "int32"), "tensor_shape": (3, "TensorShapeProto")},
    "SignatureDef": {
        "inputs": (1, "map TensorInfo"),
        "outputs": (2, "map TensorInfo"),
        "method_name": (3, "string"),
    },
    "MetaGraphDef": {
        "meta_info_def": (1, "MetaGraphDef.MetaInfoDef"),
        "graph_def": (2, "GraphDef"),
        "saver_def": (3, "SaverDef"),
        "signature_def": (5, "map SignatureDef"),
        "asset_file_def": (6, "*AssetFileDef"),
        "object_graph_def": (7, "SavedObjectGraph"),
    },
    "SavedMetadata": {"nodes": (1, "*KerasObject")},
    "KerasObject": {
        "node_id": (2, "int32"),
        "node_path": (3, "string"),
        "identifier": (4, "string"),
        "metadata": (5, "string"),
    },
    "AssetFileDef": {"tensor_info": (1, "TensorInfo"), "filename": (2, "string")},
    "SavedObjectGraph": {"nodes": (1, "*SavedObject"), "concrete_functions": (2, "map SavedConcreteFunction")},
    "SavedObject": {
        "children": (1, "*TrackableObjectGraph.ObjectReference"),
        "user_object": (4, "|SavedUserObject"),
        "asset": (5, "|SavedAsset"),
        "function": (6, "|SavedFunction"),
        "variable": (7, "|SavedVariable"),
        "bare_concrete_function": (8, "|SavedBareConcreteFunction"),
        "constant": (9, "|SavedConstant"),
        "resource": (10, "|SavedResource"),
        "captured_tensor": (12, "|CapturedTensor"),
    },
    "SavedUserObject": {"identifier": (1, "string"), "version": (2, "VersionDef"), "metadata": (3, "string")},
    "SavedAsset": {"asset_file_def_index": (1, "int32")},
    "SavedFunction": {"concrete_functions": (1, "*string"), "function_spec": (2, "FunctionSpec")},
    "SavedVariable": {
        "dtype": (1, "int32"),
        "shape": (2, "TensorShapeProto"),
        "trainable": (3, "bool"),
        "name": (6, "string"),
    },
    "SavedBareConcreteFunction": {
        "concrete_function_name": (1, "string"),
        "argument_keywords": (2, "*string"),
        "allowed_positional_arguments": (3, "int64"),
    },
    "SavedConstant": {"operation": (1, "string")},
    "SavedResource": {"device": (1, "string")},
    "CapturedTensor": {"name": (1, "string"), "concrete_function": (2, "string")},
    "SavedConcreteFunction": {
        "bound_inputs": (2, "*int32"),
        "canonicalized_input_signature": (3, "StructuredValue"),
        "output_signature": (4, "StructuredValue"),
    },
    "FunctionSpec": {
        "fullargspec": (1, "StructuredValue"),
        "is_method": (2, "bool"),
        "input_signature": (5, "StructuredValue"),
    },
    "StructuredValue": {
        "none_value": (1, "|NoneValue"),
        "float64_value": (11, "|double"),
        "int64_value": (12, "|sint64"),
        "string_value": (13, "|string"),
        "bool_value": (14, "|bool"),
        "tensor_shape_value": (31, "|TensorShapeProto"),
        "tensor_dtype_value": (32, "|int32"),
        "tensor_spec_value": (33, "|TensorSpecProto"),
        "type_spec_value": (34, "|TypeSpecProto"),
        "bounded_tensor_spec_value": (35, "|TensorSpecProto"),
        "list_value": (51, "|ListValue"),
        "tuple_value": (52, "|ListValue"),
        "dict_value": (53, "|DictValue"),
        "named_tuple_value": (54, "|NamedTupleValue"),
        "tensor_value": (55, "|TensorProto"),
    },
    "NoneValue": {},
    "ListValue": {"values": (1, "*StructuredValue")},
    "DictValue": {"fields": (1, "map StructuredValue")},
    "PairValue": {"key": (1, "string"), "value": (2, "StructuredValue")},
    "NamedTupleValue": {"name": (1, "string"), "values": (2, "*PairValue")},
    "TensorSpecProto": {"name": (1, "string"), "shape": (2, "TensorShapeProto"), "dtype": (3, "int32")},
    "TypeSpecProto": {
        "type_spec_class": (1, "int32"),
        "type_state": (2, "StructuredValue"),
        "type_spec_class_name": (3, "string"),
    },
    "SavedModel": {"saved_model_schema_version": (1, "int64"), "meta_graphs": (2, "*MetaGraphDef")},
    # event files
    "SummaryMetadata": {
        "plugin_data": (1, "SummaryMetadata.PluginData"),
        "display_name": (2, "string"),
        "summary_description": (3, "string"),
        "data_class": (4, "int32"),
    },
    "Summary": {"value": (1, "*Summary.Value")},
    "SourceMetadata": {"writer": (1, "string")},
    "TaggedRunMetadata": {"tag": (1, "string"), "run_metadata": (2, "bytes")},
    "Event": {
        "wall_time": (1, "double"),
        "step": (2, "int64"),
        "file_version": (3, "string"),
        "graph_def": (4, "bytes"),
        "summary": (5, "Summary"),
        "tagged_run_metadata": (8, "TaggedRunMetadata"),
        "source_metadata": (10, "SourceMetadata"),
    },
    "SummaryDescription": {"type_hint": (1, "string")},
    "HistogramProto": {
        "min": (1, "double"),
        "max": (2, "double"),
        "num": (3, "double"),
        "sum": (4, "double"),
        "sum_squares": (5, "double"),
        "bucket_limit": (6, "*double"),
        "bucket": (7, "*double"),
    },
    "LogMessage": {"level": (1, "int32"), "message": (2, "string")},
    "SessionLog": {"status": (1, "int32"), "checkpoint_path": (2, "string"), "msg": (3, "string")},
    # graphs
    "AttrValue": {
        "s": (2, "|bytes"),
        "i": (3, "|int64"),
        "f": (4, "|float"),
        "b": (5, "|bool"),
        "type": (6, "|int32"),
        "shape": (7, "|TensorShapeProto"),
        "tensor": (8, "|TensorProto"),
        "list": (1, "|AttrValue.ListValue"),
        "func": (10, "|NameAttrList"),
        "placeholder": (9, "|string"),
    },
    "NameAttrList": {"name": (1, "string"), "attr": (2, "map AttrValue")},
    "NodeDef": {
        "name": (1, "string"),
        "op": (2, "string"),
        "input": (3, "*string"),
        "device": (4, "string"),
        "attr": (5, "map AttrValue"),
    },
    "SaverDef": {
        "filename_tensor_name": (1, "string"),
        "save_tensor_name": (2, "string"),
        "restore_op_name": (3, "string"),
        "max_to_keep": (4, "int32"),
        "sharded": (5, "bool"),
        "keep_checkpoint_every_n_hours": (6, "float"),
        "version": (7, "int32"),
    },
    "GraphDef": {"node": (1, "*NodeDef"), "library": (2, "FunctionDefLibrary"), "versions": (4, "VersionDef")},
    "FunctionDefLibrary": {"function": (1, "*FunctionDef")},
    "FunctionDef": {
        "signature": (1, "OpDef"),
        "node_def": (3, "*NodeDef"),
        "ret": (4, "map string"),
        "control_ret": (6, "map string"),
    },
    "OpDef": {
        "name": (1, "string"),
        "input_arg": (2, "*OpDef.ArgDef"),
        "output_arg": (3, "*OpDef.ArgDef"),
        "is_stateful": (17, "bool"),
        "control_output": (20, "*string"),
    },
    "RunMetadata": {
        "partition_graphs": (3, "*GraphDef"),
        "function_graphs": (4, "*RunMetadata.FunctionGraphs"),
    },
    # clusters
    "JobDef": {"name": (1, "string"), "tasks": (2, "map32 string")},
    "ClusterDef": {"job": (1, "*JobDef")},
    "ServerDef": {
        "cluster": (1, "ClusterDef"),
        "job_name": (2, "string"),
        "task_index": (3, "int32"),
        "protocol": (5, "string"),
        "port": (6, "int32"),
    },
}
_NESTED = {
    "SummaryMetadata": {"PluginData": {"plugin_name": (1, "string"), "content": (2, "bytes")}},
    "Summary": {
        "Value": {
            "tag": (1, "string"),
            "simple_value": (2, "|float"),
            "image": (4, "|Summary.Image"),
            "histo": (5, "|HistogramProto"),
            "audio": (6, "|Summary.Audio"),
            "node_name": (7, "string"),
            "tensor": (8, "|TensorProto"),
            "metadata": (9, "SummaryMetadata"),
        },
        "Image": {
            "height": (1, "int32"),
            "width": (2, "int32"),
            "colorspace": (3, "int32"),
            "encoded_image_string": (4, "bytes"),
        },
        "Audio": {
            "sample_rate": (1, "float"),
            "num_channels": (2, "int64"),
            "length_frames": (3, "int64"),
            "encoded_audio_string": (4, "bytes"),
            "content_type": (5, "string"),
        },
    },
    "AttrValue": {
        "ListValue": {
            "s": (2, "*bytes"),
            "i": (3, "*int64"),
            "f": (4, "*float"),
            "b": (5, "*bool"),
            "type": (6, "*int32"),
            "shape": (7, "*TensorShapeProto"),
            "tensor": (8, "*TensorProto"),
            "func": (9, "*NameAttrList"),
        }
    },
    "OpDef": {"ArgDef": {"name": (1, "string"), "type": (3, "int32")}},
    "RunMetadata": {
        "FunctionGraphs": {
            "partition_graphs": (1, "*GraphDef"),
            "pre_optimization_graph": (2, "GraphDef"),
            "post_optimization_graph": (3, "GraphDef"),
        }
    },
    "MetaGraphDef": {"MetaInfoDef": {"tags": (4, "*string"), "tensorflow_version": (5, "string")}},
    "TensorShapeProto": {"Dim": {"size": (1, "int64"), "name": (2, "string")}},
    "TensorSliceProto": {"Extent": {"start": (1, "int64"), "length": (2, "int64")}},
    "TrackableObjectGraph": {
        "ObjectReference": {"node_id": (1, "int32"), "local_name": (2, "string")},
        "SerializedTensor": {"name": (1, "string"), "full_name": (2, "string"), "checkpoint_key": (3, "string")},
        "SlotVariableReference": {
            "original_variable_node_id": (1, "int32"),
            "slot_name": (2, "string"),
            "slot_variable_node_id": (3, "int32"),
        },
        "TrackableObject": {
            "children": (1, "*TrackableObjectGraph.ObjectReference"),
            "attributes": (2, "*TrackableObjectGraph.SerializedTensor"),
            "slot_variables": (3, "*TrackableObjectGraph.SlotVariableReference"),
            "registered_saver": (4, "RegisteredSaver"),
            "has_checkpoint_values": (5, "BoolValue"),
        },
    },
}


#: what a message calls its oneof, where it is not "kind"
_ONEOFS = {"AttrValue": "value", "Value": "value"}


def _add_fields(message: Any, fields: dict[str, tuple[int, str]]) -> None:
    for name, (number, kind) in fields.items():
        field = message.field.add(name=name, number=number)
        field.label = _TYPES.LABEL_REPEATED if kind[0] == "*" or kind.startswith("map") else _TYPES.LABEL_OPTIONAL
        if kind.startswith("map"):
            key, value = kind.split(" ")
            entry_name = "".join(part.capitalize() for part in name.split("_")) + "Entry"
            entry = message.nested_type.add(name=entry_name)
            entry.options.map_entry = True
            _add_fields(entry, {"key": (1, "int32" if key == "map32" else "string"), "value": (2, value)})
            kind = f"{message.name}.{entry_name}"
        elif kind[0] == "|":
            if not message.oneof_decl:
                message.oneof_decl.add(name=_ONEOFS.get(message.name, "kind"))
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


def names() -> list[str]:
    """The messages that `message` knows, without those inside of others."""
    return list(_MESSAGES)
