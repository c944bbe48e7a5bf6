"""``tf.errors``: TensorFlow's exception classes, and the signal that a trace cannot be compiled."""

from __future__ import annotations

from typing import Any

OK = 0
CANCELLED = 1
UNKNOWN = 2
INVALID_ARGUMENT = 3
DEADLINE_EXCEEDED = 4
NOT_FOUND = 5
ALREADY_EXISTS = 6
PERMISSION_DENIED = 7
RESOURCE_EXHAUSTED = 8
FAILED_PRECONDITION = 9
ABORTED = 10
OUT_OF_RANGE = 11
UNIMPLEMENTED = 12
INTERNAL = 13
UNAVAILABLE = 14
DATA_LOSS = 15
UNAUTHENTICATED = 16


class OpError(Exception):
    """The base class of TensorFlow's runtime errors.

    Args:
      node_def: unused here (there is no graph), kept for TensorFlow's signature.
      op: the operation that failed, or None.
      message: str, what went wrong.
      error_code: int, one of the codes of this module.
    """

    _code = UNKNOWN

    def __init__(self, node_def: Any, op: Any, message: str, *args: Any) -> None:
        super().__init__()
        self._node_def = node_def
        self._op = op
        self._message = message
        self._experimental_payloads = args[-1] if args and isinstance(args[-1], dict) else {}
        if args and isinstance(args[0], int):
            self._code = args[0]

    @property
    def message(self) -> str:
        return self._message

    @property
    def op(self) -> Any:
        return self._op

    @property
    def node_def(self) -> Any:
        return self._node_def

    @property
    def error_code(self) -> int:
        return self._code

    @property
    def experimental_payloads(self) -> dict[Any, Any]:
        return self._experimental_payloads

    def __str__(self) -> str:
        return self._message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._node_def, None, self._message)


def _error(name: str, code: int) -> type[OpError]:
    return type(name, (OpError,), {"_code": code, "__module__": __name__, "__doc__": f"Error code {code}."})


CancelledError = _error("CancelledError", CANCELLED)
UnknownError = _error("UnknownError", UNKNOWN)
InvalidArgumentError = _error("InvalidArgumentError", INVALID_ARGUMENT)
DeadlineExceededError = _error("DeadlineExceededError", DEADLINE_EXCEEDED)
NotFoundError = _error("NotFoundError", NOT_FOUND)
AlreadyExistsError = _error("AlreadyExistsError", ALREADY_EXISTS)
PermissionDeniedError = _error("PermissionDeniedError", PERMISSION_DENIED)
ResourceExhaustedError = _error("ResourceExhaustedError", RESOURCE_EXHAUSTED)
FailedPreconditionError = _error("FailedPreconditionError", FAILED_PRECONDITION)
AbortedError = _error("AbortedError", ABORTED)
OutOfRangeError = _error("OutOfRangeError", OUT_OF_RANGE)
UnimplementedError = _error("UnimplementedError", UNIMPLEMENTED)
InternalError = _error("InternalError", INTERNAL)
UnavailableError = _error("UnavailableError", UNAVAILABLE)
DataLossError = _error("DataLossError", DATA_LOSS)
UnauthenticatedError = _error("UnauthenticatedError", UNAUTHENTICATED)


class OperatorNotAllowedInGraphError(TypeError):
    """A python operation that needs a value (``if``, ``int``, iteration) met a traced tensor."""


class InaccessibleTensorError(ValueError):
    """A tensor of a branch or loop that is over was used outside it."""


class Uncompilable(Exception):
    """Raised inside a trace by work that XLA cannot compile; ``tf.function`` then runs uncompiled.

    Args:
      what: str, the op or operation in the user's terms.
    """

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be compiled: its result or its shape depends on values that are known only "
            "when the program runs."
        )
        self.what = what
