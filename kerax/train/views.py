"""``tf.train.TrackableView`` and ``tf.train.CheckpointView``: objects and checkpoints as graphs."""

from __future__ import annotations

from typing import Any

from kerax.train import trackable
from kerax.train.checkpoint_reader import _file_of
from kerax.train.restoration import saved_graph
from kerax.train.tensor_bundle import BundleReader


class TrackableView:
    """An object and what can be reached from it.

    Args:
      root: the object.

    >>> import kerax as tf
    >>> module = tf.Module()
    >>> module.v = tf.Variable(1.)
    >>> list(tf.train.TrackableView(module).children(module))
    ['v']
    """

    def __init__(self, root: Any) -> None:
        self._root = root

    @classmethod
    def children(cls, obj: Any, save_type: str = "checkpoint", **kwargs: Any) -> dict[str, Any]:
        """The children of an object by name."""
        return trackable.children(obj)

    @property
    def root(self) -> Any:
        return self._root

    def descendants(self) -> list[Any]:
        """All objects from the root on, breadth first."""
        return [owner for _, owner, _, _ in trackable.walk(self._root)]


class CheckpointView:
    """The object graph of a checkpoint.

    Args:
      save_path: path without ending, or a folder.

    Raises:
      ValueError: the checkpoint has no object graph.
    """

    def __init__(self, save_path: Any) -> None:
        reader = BundleReader(_file_of(save_path))
        self._graph = saved_graph(reader)
        if self._graph is None:
            raise ValueError(
                f"The specified checkpoint {save_path} does not appear to be object-based (saved with "
                "`tf.train.Checkpoint`): it has no object graph."
            )

    def children(self, node_id: int) -> dict[str, int]:
        """The children of a node: name → number."""
        return {child.local_name: child.node_id for child in self._graph.nodes[node_id].children}

    def descendants(self) -> list[int]:
        """The numbers of all nodes from the root on, breadth first."""
        found = [0]
        for node_id in found:
            found += [child for child in dict.fromkeys(self.children(node_id).values()) if child not in found]
        return found

    def match(self, obj: Any) -> dict[int, Any]:
        """Which node belongs to which object, by names.

        Args:
          obj: an object, or a ``TrackableView``.

        Returns:
          node number → object.

        Raises:
          ValueError: it is not trackable.
        """
        root = obj.root if isinstance(obj, TrackableView) else obj
        if not trackable.is_trackable(root):
            raise ValueError(f"Expected a trackable object, got {obj} of type {type(obj)}.")
        found = {0: root}
        queue = [0]
        for node_id in queue:
            known = trackable.children(found[node_id])
            for name, number in self.children(node_id).items():
                child = trackable.lookup(found[node_id], name, known)
                if child is not None and number not in found:
                    found[number] = child
                    queue.append(number)
        return found

    def diff(self, obj: Any) -> tuple[dict[int, Any], list[int], list[Any]]:
        """What matches and what does not.

        Returns:
          (node number → object, node numbers without object, objects without node).
        """
        root = obj.root if isinstance(obj, TrackableView) else obj
        matched = self.match(root)
        objects = {id(item) for item in matched.values()}
        left = [item for item in TrackableView(root).descendants() if id(item) not in objects]
        return matched, [node for node in self.descendants() if node not in matched], left
