"""One iteration of a dataset."""

from __future__ import annotations

from typing import Any

from kerax.data.randomness import SeedGenerator


class Run:
    """What one iteration draws upon: the random positions of the nodes, so that it can be repeated.

    Args:
      generators: for an iteration that is taken up again, its seed generators in the order of the nodes.
    """

    def __init__(self, generators: list[SeedGenerator] | None = None) -> None:
        self._given = generators
        self._used: dict[int, SeedGenerator] = {}
        self._start: list[SeedGenerator] = []

    def open(self, dataset: Any) -> None:
        """Notes where the seed generators of a dataset's nodes stand now."""
        nodes = [node for node in dataset._chain() if node._seed_generator is not None]
        if self._given is not None:
            self._used = {id(node): one.copy() for node, one in zip(nodes, self._given, strict=True)}
            self._start = self._given
        else:
            self._start = [node._seed_generator.copy() for node in nodes if node._seed_generator is not None]

    @property
    def start(self) -> list[SeedGenerator]:
        return self._start

    def seeds(self, node: Any) -> tuple[int, int]:
        """The seed pair for one pass over a node."""
        generator = self._used.get(id(node), node._seed_generator)
        if generator is None:
            raise RuntimeError(f"{type(node).__name__} draws no random numbers.")
        return generator.next()
