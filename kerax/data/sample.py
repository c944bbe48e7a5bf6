"""``sample_from_datasets``, ``choose_from_datasets`` and ``rejection_resample``: mixtures of datasets."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import Tensor, TensorSpec, convert_to_tensor
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, dataset_method, dataset_static
from kerax.data.plan import INFINITE, UNKNOWN
from kerax.data.randomness import Samples, SeedGenerator, op_seeds, stateless_uniform
from kerax.data.structure import Flat


class _DirectedInterleaveDataset(Dataset):
    """Elements of several datasets, a selector saying of which one the next is taken."""

    def __init__(self, selector: Dataset, datasets: Sequence[Dataset], stop_on_empty: bool) -> None:
        self._selector, self._datasets, self._stop = selector, list(datasets), stop_on_empty
        self._parents = (selector, *datasets)
        self._known_spec()

    def _derive(self, selector: Any, *specs: Any) -> Any:
        merged = specs[0]
        for spec in specs[1:]:
            try:
                merged = structure.map_structure(structure.relax, merged, spec)
            except (TypeError, ValueError):
                raise TypeError(
                    "Invalid `datasets`. `datasets` must have compatible element specs. Dataset 0 element_spec="
                    f"{specs[0]}, another has {spec}."
                ) from None
        return merged

    def _elements(self, run: Run) -> Iterator[Flat]:
        passes: list[Iterator[Flat] | None] = [dataset._iterate(run) for dataset in self._datasets]
        for (choice,) in self._selector._iterate(run):
            index = int(choice)
            if not 0 <= index < len(passes):
                raise _bad_choice(index, len(passes))
            current = passes[index]
            if current is None:
                continue
            flat = next(current, None)
            if flat is not None:
                yield flat
                continue
            if self._stop:
                return
            passes[index] = None
            if not any(passes):
                return

    def _count(self) -> int:
        counts = [dataset._count() for dataset in self._datasets]
        return INFINITE if INFINITE in counts else UNKNOWN


def _bad_choice(index: int, count: int) -> Exception:
    return errors.InvalidArgumentError(None, None, f"Selector index out of range: {index} >= {count}")


class _SelectorDataset(Dataset):
    """Random choices, with the numbers that TensorFlow draws for the same seed."""

    def __init__(self, weights: Any, seed: Any, rerandomize: bool) -> None:
        self._weights = weights
        self._parents = (weights,) if isinstance(weights, Dataset) else ()
        self._spec = TensorSpec([], dtypes.int64)
        self._seed_generator = SeedGenerator(op_seeds(seed), fixed=not rerandomize)

    def _elements(self, run: Run) -> Iterator[Flat]:
        samples = iter(Samples(run.seeds(self)))
        if isinstance(self._weights, Dataset):
            rows: Iterator[Any] = (np.asarray(flat[0]).reshape(-1) for flat in self._weights._iterate(run))
        else:
            rows = itertools.repeat(self._weights)
        for row in rows:
            seed = next(samples), next(samples)
            yield (np.asarray(_categorical(row, seed), np.int64),)


def _categorical(weights: np.ndarray, seed: tuple[int, int]) -> int:
    """One draw as TensorFlow's stateless multinomial makes it: by the cumulated probabilities."""
    with np.errstate(divide="ignore"):
        logits = np.log(weights)
    scaled = np.exp((logits - logits.max()).astype(np.float64))
    cumulated = np.cumsum(scaled)
    return int(np.searchsorted(cumulated, stateless_uniform(seed) * cumulated[-1], side="right"))


@dataset_static
def sample_from_datasets(
    datasets: Sequence[Dataset],
    weights: Any = None,
    seed: Any = None,
    stop_on_empty_dataset: bool = False,
    rerandomize_each_iteration: bool | None = None,
) -> Dataset:
    """Takes elements of several datasets at random.

    Args:
      datasets: non-empty list of datasets with compatible elements.
      weights: list or float tensor ``[datasets]`` of probabilities, or a dataset of such; equal by default.
      seed: int64 scalar; a seed gives TensorFlow's choices.
      stop_on_empty_dataset: bool, whether to end with the first dataset that ends, rather than leave it out.
      rerandomize_each_iteration: bool, whether every iteration makes other choices.

    Raises:
      ValueError: no dataset, or another number of weights.
      TypeError: incompatible elements, or weights that are not floats.

    >>> import kerax as tf
    >>> a, b = tf.data.Dataset.range(3), tf.data.Dataset.range(10, 13)
    >>> sorted(int(x) for x in tf.data.Dataset.sample_from_datasets([a, b], seed=1))
    [0, 1, 2, 10, 11, 12]
    """
    datasets = list(datasets)
    if not datasets:
        raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
    if not isinstance(weights, Dataset):
        if weights is None:
            weights = np.full(len(datasets), np.e, np.float32)
        else:
            if len(weights) != len(datasets):
                raise ValueError(
                    "Invalid `weights`. `weights` should have the same length as `datasets` but got "
                    f"`len(weights)={len(weights)}` vs. `len(datasets)={len(datasets)}`."
                )
            if not isinstance(weights, Tensor):
                kept = [(one, weight) for one, weight in zip(datasets, weights, strict=True) if weight > 0]
                if not kept:
                    kept = [(datasets[0].take(0), 1.0)]  # type: ignore[attr-defined]
                datasets = [one for one, _ in kept]
                weights = [weight for _, weight in kept]
            weights = convert_to_tensor(weights)
            if weights.dtype not in (dtypes.float32, dtypes.float64):
                raise TypeError(
                    "Invalid `weights`. `weights` type must be either `tf.float32` or `tf.float64` but is "
                    f"{weights.dtype!r}."
                )
            weights = np.asarray(weights._value)
        if len(datasets) == 1:
            return datasets[0]
    selector = _SelectorDataset(weights, seed, bool(rerandomize_each_iteration))
    return _DirectedInterleaveDataset(selector, datasets, stop_on_empty_dataset)


@dataset_static
def choose_from_datasets(
    datasets: Sequence[Dataset], choice_dataset: Dataset, stop_on_empty_dataset: bool = True
) -> Dataset:
    """Takes elements of several datasets, as another dataset says.

    Args:
      datasets: non-empty list of datasets with compatible elements.
      choice_dataset: dataset of int64 scalars, indices of ``datasets``.
      stop_on_empty_dataset: bool, whether to end with the first dataset that ends, rather than leave it out.

    Raises:
      ValueError: no dataset.
      TypeError: choices of another type, or incompatible elements.

    >>> import kerax as tf
    >>> parts = [tf.data.Dataset.from_tensors(x).repeat() for x in ("a", "b")]
    >>> choice = tf.data.Dataset.range(2).repeat(2)
    >>> [x.numpy() for x in tf.data.Dataset.choose_from_datasets(parts, choice)]
    [b'a', b'b', b'a', b'b']
    """
    if not datasets:
        raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
    if not isinstance(choice_dataset, Dataset):
        raise TypeError(
            f"Invalid `choice_dataset`. `choice_dataset` should be a `tf.data.Dataset` but is {type(choice_dataset)}."
        )
    spec = choice_dataset.element_spec
    if not (isinstance(spec, TensorSpec) and spec.is_compatible_with(TensorSpec([], dtypes.int64))):
        raise TypeError(
            f"Invalid `choice_dataset`. Elements of `choice_dataset` must be scalar `tf.int64` tensors but are {spec}."
        )
    return _DirectedInterleaveDataset(choice_dataset, datasets, stop_on_empty_dataset)


class _ResampledDataset(Dataset):
    """Elements with their classes, accepted so that the classes have a wanted distribution."""

    def __init__(self, parent: Dataset, class_func: Callable[..., Any], target: Any, initial: Any, seed: Any) -> None:
        self._classes = parent.map(class_func)  # type: ignore[attr-defined]
        self._pairs = Dataset.zip((self._classes, parent))  # type: ignore[attr-defined]
        self._parents = (self._pairs,)
        self._target = np.asarray(convert_to_tensor(target, dtypes.float32)._value, np.float64)
        self._initial = None if initial is None else np.asarray(convert_to_tensor(initial)._value, np.float64)
        self._seed_generator = SeedGenerator(op_seeds(seed), fixed=False)
        if self._target.ndim != 1:
            raise ValueError(f"Invalid `target_dist`. `target_dist` must be a vector but is {target}.")

    def _derive(self, spec: Any) -> Any:
        return spec

    def _elements(self, run: Run) -> Iterator[Flat]:
        rng = np.random.Generator(np.random.Philox(list(run.seeds(self))))
        seen = np.full(len(self._target), 1.0)
        for flat in self._pairs._iterate(run):
            label = int(flat[0])
            if self._initial is None:
                seen[label] += 1
                initial = seen / seen.sum()
            else:
                initial = self._initial
            ratios = self._target / np.maximum(initial, np.finfo(np.float64).tiny)
            lowest, highest = ratios.min(), ratios.max()
            accept = (ratios - lowest) / (highest - lowest) if highest > lowest else np.zeros_like(ratios)
            if rng.random() < lowest or rng.random() < accept[label]:
                yield flat


_ResampledDataset.__name__ = "_DirectedInterleaveDataset"


@dataset_method
def rejection_resample(
    self: Dataset,
    class_func: Callable[..., Any],
    target_dist: Any,
    initial_dist: Any = None,
    seed: Any = None,
    name: str | None = None,
) -> Dataset:
    """Leaves out elements so that their classes have a wanted distribution.

    Args:
      class_func: function of an element, returning its class, int32 scalar.
      target_dist: float ``[classes]``, the wanted distribution.
      initial_dist: float ``[classes]``, the present one; estimated as elements come by default.
      seed: int or None.
      name: ignored.

    Returns:
      Dataset of (class, element).

    Differs from TensorFlow: a seed gives other choices, of the same distribution.
    """
    return _ResampledDataset(self, class_func, target_dist, initial_dist, seed)
