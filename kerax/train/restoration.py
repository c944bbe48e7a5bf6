"""A checkpoint back into objects, at once where they exist and later where they do not yet."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.log import get_logger
from kerax.core.state import init_scope
from kerax.core.variable import Variable
from kerax.io.proto import message
from kerax.train import trackable
from kerax.train.object_graph import KEY, names_of_nodes
from kerax.train.tensor_bundle import BundleReader


def saved_graph(reader: BundleReader) -> Any:
    """The object graph of a checkpoint, None for one that only knows names of variables.

    Raises:
      errors.DataLossError: it is damaged.
    """
    if KEY not in reader:
        return None
    try:
        graph = message("TrackableObjectGraph").FromString(reader.read(KEY).item())
    except errors.OpError:
        raise
    except Exception as error:
        raise errors.DataLossError(None, None, f"The object graph of {reader.prefix} is damaged.") from error
    size = len(graph.nodes)
    if not size or any(not 0 <= child.node_id < size for node in graph.nodes for child in node.children):
        raise errors.DataLossError(None, None, f"The object graph of {reader.prefix} is damaged.")
    return graph


class Restoration:
    """One checkpoint on its way into objects.

    Args:
      reader: the checkpoint.
      graph: its object graph.
    """

    def __init__(self, reader: BundleReader, graph: Any) -> None:
        self.reader, self.graph = reader, graph
        self.objects: dict[int, Any] = {}
        self.unused: dict[int, list[str]] = {}
        self._slots: dict[int, list[tuple[int, int, str]]] = {}
        for number, node in enumerate(graph.nodes):
            for slot in node.slot_variables:
                self._slots.setdefault(number, []).append(
                    (slot.original_variable_node_id, slot.slot_variable_node_id, slot.slot_name)
                )

    def start(self, root: Any) -> None:
        with init_scope():
            self._bind(0, root)
            self._restore_slots()
        self._settle()

    def __deepcopy__(self, memo: Any) -> Restoration:
        return self

    def _settle(self) -> None:
        """Stops watching once there is nothing left to restore."""
        nodes = self.graph.nodes
        if all(number in self.objects or not len(node.attributes) for number, node in enumerate(nodes)):
            for owner in self.objects.values():
                attributes = getattr(owner, "__dict__", {})
                left = [item for item in attributes.get("_deferred_restores", ()) if item[0] is not self]
                if left:
                    attributes["_deferred_restores"] = left
                else:
                    attributes.pop("_deferred_restores", None)

    def resume(self, owner: Any, number: int, name: str, value: Any) -> None:
        """An attribute of an object was set: what it brings is restored."""
        if self.objects.get(number) is not owner:
            return
        if name == "built" or trackable.is_trackable(value):
            with init_scope():
                self._follow(number, owner)
                self._restore_slots()
            self._settle()

    def refresh(self) -> None:
        """Looks again at all objects, for what was put into lists since."""
        with init_scope():
            for number, owner in list(self.objects.items()):
                self._follow(number, owner)
            self._restore_slots()

    def _bind(self, number: int, owner: Any) -> None:
        todo = [(number, owner)]
        while todo:
            number, owner = todo.pop(0)
            known = self.objects.get(number)
            if known is not None and known is not owner and not trackable.is_container(owner):
                get_logger().warning(
                    "Inconsistent references when loading the checkpoint into this object graph. For example, in the "
                    "saved checkpoint object, `model.layer.weight` and `model.layer_copy.weight` reference the same "
                    "variable, while in the current object these are two different variables. The referenced "
                    f"variables are:({known} and {owner})."
                )
                continue
            if known is not owner:
                self.objects[number] = owner
                self._fill(number, owner)
                self._watch(number, owner)
            elif not trackable.is_container(owner):
                continue
            todo += self._matching(number, owner)

    def _follow(self, number: int, owner: Any) -> None:
        for child_number, child in self._matching(number, owner):
            if self.objects.get(child_number) is None or trackable.is_container(child):
                self._bind(child_number, child)

    def _matching(self, number: int, owner: Any) -> list[tuple[int, Any]]:
        if isinstance(owner, Variable):
            return []
        node = self.graph.nodes[number]
        if not len(node.children):
            return []
        adapt = getattr(owner, "_children_for_restore", None)
        known = trackable.children(owner) if adapt is None else adapt(node, self.graph)
        found = []
        for child in node.children:
            value = trackable.lookup(owner, child.local_name, known)
            if value is not None:
                found.append((child.node_id, value))
        return found

    def _watch(self, number: int, owner: Any) -> None:
        attributes = getattr(owner, "__dict__", None)
        if attributes is None or isinstance(owner, Variable) or trackable.is_container(owner):
            return
        pending = attributes.get("_deferred_restores", ())
        # the newest restore is the one that counts
        attributes["_deferred_restores"] = [(self, number), *[p for p in pending if p[0] is self and p[1] != number]]

    def _fill(self, number: int, owner: Any) -> None:
        """Restores the tensors that an object holds itself."""
        node = self.graph.nodes[number]
        if not len(node.attributes):
            return
        wanted = {attribute.name: attribute for attribute in node.attributes}
        if isinstance(owner, Variable):
            if trackable.VALUE in wanted:
                assign(owner, self.reader, wanted.pop(trackable.VALUE).checkpoint_key)
            if wanted:
                self.unused[number] = list(wanted)
            return
        try:
            trackable.restore(owner, {name: self.reader.read(a.checkpoint_key) for name, a in wanted.items()})
        except AttributeError:
            self.unused[number] = list(wanted)

    def _restore_slots(self) -> None:
        """Slot variables of optimizers of before TensorFlow 2.11."""
        for number, slots in list(self._slots.items()):
            optimizer = self.objects.get(number)
            get_slot = getattr(optimizer, "get_slot", None)
            if get_slot is None:
                continue
            left = []
            for original, slot_number, name in slots:
                variable = self.objects.get(original)
                slot = None
                if variable is not None:
                    try:
                        slot = get_slot(variable, name)
                    except (KeyError, ValueError, AttributeError, IndexError):
                        slot = None
                if slot is None:
                    left.append((original, slot_number, name))
                else:
                    self._bind(slot_number, slot)
            self._slots[number] = left

    # --- questions ----------------------------------------------------------------------------------------
    def unmatched_nodes(self) -> list[tuple[int, str]]:
        """(number, description) of saved nodes with values that no object was found for."""
        names = names_of_nodes(self.graph)
        return [
            (number, f"{names.get(number, '(slot variable)')}: {str(node).strip()}")
            for number, node in enumerate(self.graph.nodes)
            if len(node.attributes) and number not in self.objects
        ]


def assign(variable: Variable, reader: BundleReader, key: str) -> None:
    """Sets a variable from a checkpoint.

    Raises:
      ValueError: the shape differs.
      errors.InvalidArgumentError: the dtype differs.
    """
    array = reader.read(key)
    if not variable.shape.is_compatible_with(array.shape):
        raise ValueError(
            f"Received incompatible tensor with shape {tuple(array.shape)} when attempting to restore variable with "
            f"shape {tuple(variable.shape)} and name {variable.name}."
        )
    own = variable._dtype
    saved = reader.dtype(key)
    if own is not saved:
        if not (own.is_integer and saved.is_integer):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"tensor_name = {key}; expected dtype {own.name} does not equal original dtype {saved.name}",
            )
        array = np.asarray(array, own.dtype)
    variable.assign(array)
