"""What ``Checkpoint.restore`` returns: questions about how much was restored."""

from __future__ import annotations

from typing import Any

from kerax.core.variable import Variable
from kerax.train import trackable
from kerax.train.restoration import Restoration


def _objects_with_values(root: Any) -> list[tuple[str, Any]]:
    return [(path, owner) for _, owner, path, _ in trackable.walk(root) if trackable.attributes_of(owner)]


class LoadStatus:
    """The base of statuses."""

    def assert_consumed(self) -> LoadStatus:
        """Raises unless everything in the checkpoint and all objects belong together."""
        raise NotImplementedError

    def assert_existing_objects_matched(self) -> LoadStatus:
        """Raises unless every object that exists was restored."""
        raise NotImplementedError

    def assert_nontrivial_match(self) -> LoadStatus:
        """Raises if nothing below the root was restored."""
        raise NotImplementedError

    def run_restore_ops(self, session: Any = None) -> None:
        """Nothing: values are restored at once."""

    def initialize_or_restore(self, session: Any = None) -> None:
        """Nothing: variables have values since they exist."""

    def expect_partial(self) -> LoadStatus:
        """Accepts that only a part is restored.

        Returns:
          the status.
        """
        return self


class CheckpointLoadStatus(LoadStatus):
    """Of a checkpoint with an object graph."""

    def __init__(self, restoration: Restoration, root: Any) -> None:
        self._restoration, self._root = restoration, root

    def _bound(self) -> set[int]:
        return {id(owner) for owner in self._restoration.objects.values()}

    def assert_consumed(self) -> CheckpointLoadStatus:
        """Raises unless everything in the checkpoint was restored, and every object with values got some.

        Raises:
          AssertionError: names what is left.
        """
        self._restoration.refresh()
        for _, description in self._restoration.unmatched_nodes():
            raise AssertionError(f"Unresolved object in checkpoint {description}")
        if self._restoration.unused:
            raise AssertionError(
                "Unused attributes in these objects (the attributes exist in the saved checkpoint but were not "
                f"restored): {self._restoration.unused}"
            )
        self._assert_all_bound()
        return self

    def assert_existing_objects_matched(self) -> CheckpointLoadStatus:
        """Raises unless every object with values that exists was restored.

        Raises:
          AssertionError: names such objects.
        """
        self._restoration.refresh()
        self._assert_all_bound()
        return self

    def _assert_all_bound(self) -> None:
        bound = self._bound()
        left = [(path, owner) for path, owner in _objects_with_values(self._root) if id(owner) not in bound]
        if left:
            shown = ", ".join(
                f"{path} ({owner.name if isinstance(owner, Variable) else owner})" for path, owner in left
            )
            raise AssertionError(
                f"Found {len(left)} Python objects that were not bound to checkpointed values, likely due to changes "
                f"in the Python program. Showing: {shown}"
            )

    def assert_nontrivial_match(self) -> CheckpointLoadStatus:
        """Raises if nothing but the root was restored.

        Raises:
          AssertionError: nothing was.
        """
        if any(number and trackable.attributes_of(owner) for number, owner in self._restoration.objects.items()):
            return self
        if len(self._restoration.objects) > 1:
            return self
        raise AssertionError(
            "Nothing except the root object matched a checkpointed value. Typically this means that the checkpoint "
            "does not match the Python program. Check that the attributes have the names they were saved under."
        )


class NameBasedStatus(LoadStatus):
    """Of a checkpoint of TensorFlow 1, which knows names of variables only."""

    def __init__(self, root: Any, restored: list[Any], left: list[str]) -> None:
        self._root, self._restored, self._left = root, restored, left

    def assert_consumed(self) -> NameBasedStatus:
        self.assert_existing_objects_matched()
        if self._left:
            raise AssertionError(f"Some variables of the checkpoint were not restored: {self._left[:10]}")
        return self

    def assert_existing_objects_matched(self) -> NameBasedStatus:
        done = {id(variable) for variable in self._restored}
        left = [path for path, owner in _objects_with_values(self._root) if id(owner) not in done]
        if left:
            raise AssertionError(f"Some objects had attributes which were not restored: {left[:10]}")
        return self

    def assert_nontrivial_match(self) -> NameBasedStatus:
        if not self._restored:
            raise AssertionError("No variable of the checkpoint has the name of one of the program's.")
        return self


class InitializationOnlyStatus(LoadStatus):
    """Of ``restore(None)``."""

    def _fail(self) -> Any:
        raise AssertionError("No checkpoint specified (save_path=None); nothing is being restored.")

    assert_consumed = _fail
    assert_existing_objects_matched = _fail
    assert_nontrivial_match = _fail
