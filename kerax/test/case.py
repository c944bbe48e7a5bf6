"""``tf.test.TestCase``: assertions about tensors."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from absl.testing import absltest

from kerax.core import errors, nest
from kerax.core.random_state import set_seed
from kerax.core.shape import TensorShape
from kerax.sparse.tensor import SparseTensor, SparseTensorValue


class _Session:
    """What ``with self.session() as sess`` gives: everything runs at once, ``run`` only reads values."""

    graph = None

    def __init__(self, evaluate: Callable[[Any], Any]) -> None:
        self._evaluate = evaluate

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        if feed_dict:
            raise NotImplementedError("kerax has no placeholders to feed: call the function with the values.")
        return self._evaluate(fetches)


class _CapturedWrites:
    def __init__(self, path: str) -> None:
        self._path = path

    def contents(self) -> str:
        """What was written."""
        with open(self._path, encoding="utf8", errors="replace") as file:
            return file.read()


class _CheckedThread:
    """A thread whose exceptions come back in ``join``."""

    def __init__(self, case: TestCase, target: Callable[..., Any], args: Any, kwargs: Any) -> None:
        self._case, self._error = case, None

        def run() -> None:
            try:
                target(*(args or ()), **(kwargs or {}))
            except BaseException as error:
                self._error = error  # type: ignore[assignment]

        self._thread = threading.Thread(target=run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()
        if self._error is not None:
            self._case.fail(f"Error in checkedThread: {self._error}")

    def is_alive(self) -> bool:
        return self._thread.is_alive()


class TestCase(absltest.TestCase):
    """The base class of tests that compare tensors.

    >>> import kerax as tf
    >>> class SquareTest(tf.test.TestCase):
    ...     def runTest(self):
    ...         self.assertAllClose(tf.square([1.0, 2.0]), [1.0, 4.0])
    >>> SquareTest().debug()
    """

    __test__ = False  # the base itself is no test for pytest

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.__test__ = True

    def setUp(self) -> None:
        super().setUp()
        set_seed(87654321)
        np.random.seed(87654321)

    # --- values and surroundings ------------------------------------------------------------------------
    def evaluate(self, tensors: Any) -> Any:
        """Tensors of a structure as numpy values; functions are called for theirs."""
        return nest.map_structure(_value, tensors)

    def evaluate_if_both_tensors(self, a: Any, b: Any) -> tuple[Any, Any]:
        """Both as numpy values."""
        return self.evaluate(a), self.evaluate(b)

    def _GetNdArray(self, a: Any) -> np.ndarray:  # TensorFlow's name: suites of other libraries call it
        return _array(a)

    @contextlib.contextmanager
    def session(
        self, graph: Any = None, config: Any = None, use_gpu: bool = True, force_gpu: bool = False
    ) -> Iterator[_Session]:
        """A session, whose ``run`` returns the values of what has run already."""
        yield _Session(self.evaluate)

    @contextlib.contextmanager
    def cached_session(
        self, graph: Any = None, config: Any = None, use_gpu: bool = True, force_gpu: bool = False
    ) -> Iterator[_Session]:
        """The same as ``session``."""
        yield _Session(self.evaluate)

    test_session = cached_session
    test_session.__test__ = False  # type: ignore[attr-defined]

    def get_temp_dir(self) -> str:
        """A folder for the files of this test."""
        if not getattr(self, "_folder", None):
            self._folder = tempfile.mkdtemp()
        return self._folder

    @contextlib.contextmanager
    def captureWritesToStream(self, stream: Any) -> Iterator[_CapturedWrites]:
        """Catches what is written to a stream, by native code too; ``contents()`` gives it."""
        handle = stream.fileno()
        kept = os.dup(handle)
        with tempfile.NamedTemporaryFile(dir=self.get_temp_dir(), delete=False) as file:
            stream.flush()
            os.dup2(file.fileno(), handle)
            try:
                yield _CapturedWrites(file.name)
            finally:
                stream.flush()
                os.dup2(kept, handle)
                os.close(kept)

    def checkedThread(self, target: Any, args: Any = None, kwargs: Any = None) -> _CheckedThread:
        """A thread whose exception fails the test when it is joined."""
        return _CheckedThread(self, target, args, kwargs)

    # --- all elements -----------------------------------------------------------------------------------
    def assertAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """Fails unless two tensors have one shape and equal elements; NaNs are equal."""
        if _is_ragged(a) or _is_ragged(b):
            self.assertEqual(_ragged_list(a), _ragged_list(b), msg)
            return
        first, second = _array(a), _array(b)
        self.assertEqual(
            first.shape,
            second.shape,
            f"Shape mismatch: expected {first.shape}, got {second.shape}. Contents: {second!r}. \n{msg or ''}",
        )
        np.testing.assert_array_equal(first, second, err_msg=msg or "")

    def assertNotAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """Fails where ``assertAllEqual`` does not."""
        try:
            self.assertAllEqual(a, b)
        except AssertionError:
            return
        self.fail(msg or "The two values are equal at all elements.")

    def assertAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None) -> None:
        """Fails unless the tensors of two structures are near: ``|a - b| ≤ atol + rtol·|b|``."""
        if _is_ragged(a) or _is_ragged(b):
            self.assertAllClose(_ragged_list(a), _ragged_list(b), rtol, atol, msg)
            return
        self._all_close(a, b, rtol, atol, "", msg)

    def _all_close(self, a: Any, b: Any, rtol: float, atol: float, path: str, msg: str | None) -> None:
        if isinstance(a, Mapping) != isinstance(b, Mapping):
            raise ValueError(f"Can't compare dict to non-dict, a{path} vs b{path}. {msg or ''}")
        if hasattr(a, "_asdict"):
            a = a._asdict()
        if hasattr(b, "_asdict"):
            b = b._asdict()
        if isinstance(a, Mapping):
            self.assertCountEqual(a.keys(), b.keys(), f"mismatched keys: a{path} and b{path}. {msg or ''}")
            for key in a:
                self._all_close(a[key], b[key], rtol, atol, f"{path}[{key!r}]", msg)
            return
        try:
            first, second = _array(a), _array(b)
        except (ValueError, TypeError):
            if not (isinstance(a, (list, tuple)) and isinstance(b, (list, tuple))):
                raise
            first = second = None
        if first is None or first.dtype == object and not _is_text(first):
            self.assertEqual(len(a), len(b), f"Mismatched length: a{path} and b{path}. {msg or ''}")
            for index, (one, two) in enumerate(zip(a, b, strict=True)):
                self._all_close(one, two, rtol, atol, f"{path}[{index}]", msg)
            return
        self._arrays_close(first, second, rtol, atol, path, msg)

    def _arrays_close(self, a: Any, b: Any, rtol: float, atol: float, path: str, msg: str | None) -> None:
        self.assertEqual(
            a.shape, b.shape, f"Shape mismatch: expected {a.shape}, got {b.shape}. Contents: {b!r}. {msg or ''}"
        )
        if a.dtype.kind in "OSU":
            np.testing.assert_array_equal(a, b, err_msg=msg or "")
            return
        if "bfloat16" in (a.dtype.name, b.dtype.name):
            a, b = a.astype(np.float32), b.astype(np.float32)
        np.testing.assert_allclose(
            a, b, rtol=rtol, atol=atol, err_msg=f"Mismatched value: a{path} is different from b{path}. {msg or ''}"
        )

    def assertNotAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None) -> None:
        """Fails where ``assertAllClose`` does not."""
        try:
            self.assertAllClose(a, b, rtol, atol)
        except AssertionError:
            return
        self.fail(msg or "The two values are close at all elements.")

    def assertAllCloseAccordingToType(
        self,
        a: Any,
        b: Any,
        rtol: float = 1e-6,
        atol: float = 1e-6,
        float_rtol: float = 1e-6,
        float_atol: float = 1e-6,
        half_rtol: float = 1e-3,
        half_atol: float = 1e-3,
        bfloat16_rtol: float = 1e-2,
        bfloat16_atol: float = 1e-2,
        msg: str | None = None,
    ) -> None:
        """``assertAllClose`` with tolerances by the less exact of the two dtypes."""
        kinds = {_array(a).dtype.name, _array(b).dtype.name}
        for names, relative, absolute in (
            (("float32", "complex64"), float_rtol, float_atol),
            (("float16",), half_rtol, half_atol),
            (("bfloat16",), bfloat16_rtol, bfloat16_atol),
        ):
            if kinds & set(names):
                rtol, atol = max(rtol, relative), max(atol, absolute)
        self.assertAllClose(a, b, rtol, atol, msg)

    def assertAllGreater(self, a: Any, comparison_target: Any) -> None:
        """Fails unless all elements are greater than a number."""
        self.assertGreater(np.min(_array(a)), comparison_target)

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:
        """Fails unless all elements are less than a number."""
        self.assertLess(np.max(_array(a)), comparison_target)

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:
        """Fails unless all elements are at least a number."""
        self.assertGreaterEqual(np.min(_array(a)), comparison_target)

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:
        """Fails unless all elements are at most a number."""
        self.assertLessEqual(np.max(_array(a)), comparison_target)

    def assertAllInRange(
        self,
        target: Any,
        lower_bound: Any,
        upper_bound: Any,
        open_lower_bound: bool = False,
        open_upper_bound: bool = False,
    ) -> None:
        """Fails unless all elements lie between two numbers; ``open_…`` leaves a number itself out."""
        array = _array(target)
        low = array > lower_bound if open_lower_bound else array >= lower_bound
        high = array < upper_bound if open_upper_bound else array <= upper_bound
        if not np.all(low & high):
            left, right = "(" if open_lower_bound else "[", ")" if open_upper_bound else "]"
            raise AssertionError(
                f"Subscript(s) and value(s) of the offending elements: {np.argwhere(~(low & high)).tolist()}; out of "
                f"range {left}{lower_bound}, {upper_bound}{right}"
            )

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:
        """Fails unless all elements are members of a set."""
        found = set(_array(target).ravel().tolist()) - set(expected_set)
        if found:
            raise AssertionError(f"{len(found)} unexpected element(s): {sorted(found, key=repr)}")

    # --- near numbers -----------------------------------------------------------------------------------
    def assertNear(self, f1: float, f2: float, err: float, msg: str | None = None) -> None:
        """Fails unless two numbers differ by at most ``err``."""
        self.assertTrue(f1 == f2 or abs(f1 - f2) <= err, f"{f1:f} != {f2:f} +/- {err:f}{f' ({msg})' if msg else ''}")

    def assertArrayNear(self, farray1: Any, farray2: Any, err: float, msg: str | None = None) -> None:
        """Fails unless the numbers of two lists differ by at most ``err``."""
        self.assertEqual(len(farray1), len(farray2), msg)
        for first, second in zip(farray1, farray2, strict=True):
            self.assertNear(float(first), float(second), err, msg)

    def assertNDArrayNear(self, ndarray1: Any, ndarray2: Any, err: float, msg: str | None = None) -> None:
        """Fails unless the norm of the difference of two arrays is less than ``err``."""
        self.assertTrue(float(np.linalg.norm(_array(ndarray1) - _array(ndarray2))) < err, msg)

    # --- shapes, dtypes, devices ------------------------------------------------------------------------
    def assertShapeEqual(self, input_a: Any, input_b: Any, msg: str | None = None) -> None:
        """Fails unless two arrays or tensors have one shape."""
        self.assertEqual(TensorShape(_shape(input_a)), TensorShape(_shape(input_b)), msg)

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:
        """Fails unless a tensor has a dtype."""
        have = target.dtype if hasattr(target, "dtype") else _array(target).dtype
        if have != expected_dtype:
            raise AssertionError(f"Expected dtype {expected_dtype}, got {have}")

    def assertDeviceEqual(self, device1: Any, device2: Any, msg: str | None = None) -> None:
        """Fails unless two names stand for one device."""
        first, second = (re.sub(r"^.*device:", "", str(name)).upper().lstrip("/") for name in (device1, device2))
        self.assertEqual(first, second, msg or f"Devices {device1} and {device2} are not equal.")

    # --- errors -----------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def assertRaisesWithPredicateMatch(self, exception_type: Any, expected_err_re_or_predicate: Any) -> Iterator[None]:
        """Fails unless an exception is raised whose message matches, or for which a function is true."""
        wanted = expected_err_re_or_predicate
        try:
            yield
        except exception_type as error:
            matches = wanted(error) if callable(wanted) else re.search(wanted, str(error))
            if not matches:
                raise AssertionError(f"Exception of type {type(error)}: {error} does not match {wanted!r}") from error
            return
        self.fail(f"{exception_type} not raised")

    def assertRaisesOpError(self, expected_err_re_or_predicate: Any) -> Any:
        """Fails unless an ``OpError`` is raised whose message matches."""
        return self.assertRaisesWithPredicateMatch(errors.OpError, expected_err_re_or_predicate)

    def assertRaisesIncompatibleShapesError(self, exception_type: Any = errors.InvalidArgumentError) -> Any:
        """Fails unless shapes are found to be incompatible."""
        return self.assertRaisesWithPredicateMatch(exception_type, r"[Ii]ncompatible shapes|Dimensions must be equal")

    # --- protocol buffers -------------------------------------------------------------------------------
    def assertProtoEquals(
        self, expected_message_maybe_ascii: Any, validate_message: Any, msg: str | None = None,
        relative_tolerance: float | None = None,
    ) -> None:  # fmt: skip
        """Fails unless two messages are equal; the first may be its text."""
        if relative_tolerance is not None:
            raise NotImplementedError("assertProtoEquals compares exactly in kerax: leave relative_tolerance out.")
        expected = expected_message_maybe_ascii
        if isinstance(expected, (str, bytes)):
            from google.protobuf import text_format

            expected = text_format.Parse(expected, type(validate_message)())
        self.assertEqual(expected, validate_message, msg)

    def assertProtoEqualsVersion(self, expected: Any, actual: Any, producer: Any = None, **kwargs: Any) -> None:
        """Not available: kerax has no graph protocol buffers."""
        raise NotImplementedError("assertProtoEqualsVersion is not available: kerax has no graph protocol buffers.")


def _value(leaf: Any) -> Any:
    if callable(leaf):
        return nest.map_structure(_value, leaf())
    if hasattr(leaf, "_kerax_tensor"):
        leaf = leaf._kerax_tensor()
    if isinstance(leaf, SparseTensor):
        return SparseTensorValue(*[_value(part) for part in leaf._kerax_components()])
    if hasattr(leaf, "_kerax_components") and not hasattr(leaf, "numpy"):
        return type(leaf)(*[_value(part) for part in leaf._kerax_components()])
    return leaf.numpy() if hasattr(leaf, "numpy") else leaf


def _array(value: Any) -> np.ndarray:
    if not isinstance(value, np.ndarray):
        value = nest.map_structure(_value, value) if isinstance(value, (list, tuple)) else _value(value)
        value = np.array(value)
    if value.dtype.kind == "U":
        return np.char.encode(value, "utf8").astype(object)
    return value.astype(object) if value.dtype.kind == "S" else value


def _is_text(array: np.ndarray) -> bool:
    return all(isinstance(item, (str, bytes)) for item in array.ravel().tolist())


def _is_ragged(value: Any) -> bool:
    return hasattr(value, "to_list") and hasattr(value, "flat_values")


def _ragged_list(value: Any) -> Any:
    if _is_ragged(value):
        return value.to_list()
    return value.numpy().tolist() if hasattr(value, "numpy") else value


def _shape(value: Any) -> Any:
    return value.shape if hasattr(value, "shape") else np.shape(value)
