"""TensorFlow 1's functions of variables, as they are while TensorFlow executes eagerly: without collections."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import dtypes
from kerax.core.graph import get_default_graph as get_default_graph
from kerax.core.module import name_scope as _name_scope
from kerax.core.random_state import get_seed as get_seed
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable as _Variable


class AutoReuse(enum.Enum):
    """The value of ``reuse`` that makes variables only where there are none."""

    AUTO_REUSE = 1


AUTO_REUSE = AutoReuse.AUTO_REUSE


class GraphKeys:
    """Names of TensorFlow 1's collections, which are empty while it executes eagerly."""

    ACTIVATIONS = "activations"
    ASSET_FILEPATHS = "asset_filepaths"
    BIASES = "biases"
    CONCATENATED_VARIABLES = "concatenated_variables"
    COND_CONTEXT = "cond_context"
    EVAL_STEP = "eval_step"
    GLOBAL_STEP = "global_step"
    GLOBAL_VARIABLES = "variables"
    INIT_OP = "init_op"
    LOCAL_INIT_OP = "local_init_op"
    LOCAL_RESOURCES = "local_resources"
    LOCAL_VARIABLES = "local_variables"
    LOSSES = "losses"
    METRIC_VARIABLES = "metric_variables"
    MODEL_VARIABLES = "model_variables"
    MOVING_AVERAGE_VARIABLES = "moving_average_variables"
    QUEUE_RUNNERS = "queue_runners"
    READY_FOR_LOCAL_INIT_OP = "ready_for_local_init_op"
    READY_OP = "ready_op"
    REGULARIZATION_LOSSES = "regularization_losses"
    RESOURCES = "resources"
    SAVEABLE_OBJECTS = "saveable_objects"
    SAVERS = "savers"
    SUMMARIES = "summaries"
    SUMMARY_OP = "summary_op"
    TABLE_INITIALIZERS = "table_initializer"
    TRAINABLE_RESOURCE_VARIABLES = "trainable_resource_variables"
    TRAINABLE_VARIABLES = "trainable_variables"
    TRAIN_OP = "train_op"
    UPDATE_OPS = "update_ops"
    WEIGHTS = "weights"
    WHILE_CONTEXT = "while_context"


class _VariableV1(type(_Variable)):
    def __call__(
        cls,
        initial_value: Any = None,
        trainable: bool | None = None,
        collections: Any = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        expected_shape: Any = None,
        import_scope: Any = None,
        constraint: Any = None,
        use_resource: Any = None,
        **kwargs: Any,
    ) -> _Variable:
        return _Variable(
            initial_value,
            trainable,
            validate_shape,
            caching_device,
            name,
            variable_def,
            dtype,
            import_scope,
            constraint,
            **kwargs,
        )


class Variable(_Variable, metaclass=_VariableV1):
    """``tf.Variable`` with the arguments of TensorFlow 1; collections are without effect."""


class VariableScope:
    """What a `variable_scope` says about the variables made inside.

    Args:
      reuse: without effect while executing eagerly, where each call makes a variable.
      name: str.
      initializer: of variables that bring none, or None.
      dtype: of variables that bring none.
      regularizer, constraint: of variables that bring none, or None.
    """

    def __init__(
        self,
        reuse: Any = None,
        name: str = "",
        initializer: Any = None,
        regularizer: Any = None,
        dtype: Any = dtypes.float32,
        constraint: Any = None,
    ) -> None:
        self.reuse, self.name, self.initializer = reuse, name, initializer
        self.regularizer, self.dtype, self.constraint = regularizer, dtype, constraint
        self.original_name_scope = name + "/" if name else ""
        self.use_resource = True
        self.caching_device: Any = None

    def set_caching_device(self, caching_device: Any) -> None:
        """Without effect: JAX says where its values are."""

    def reuse_variables(self) -> None:
        """Without effect while executing eagerly."""

    def set_initializer(self, initializer: Any) -> None:
        """The initializer of variables that bring none."""
        self.initializer = initializer

    def global_variables(self) -> list[Any]:
        """Empty: there are no collections."""
        return []

    trainable_variables = local_variables = global_variables


_scopes: list[VariableScope] = [VariableScope()]


def get_variable_scope() -> VariableScope:
    """The innermost scope."""
    return _scopes[-1]


@contextlib.contextmanager
def variable_scope(
    name_or_scope: Any,
    default_name: str | None = None,
    values: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    reuse: Any = None,
    dtype: Any = None,
    use_resource: Any = None,
    constraint: Any = None,
    auxiliary_name_scope: bool = True,
) -> Iterator[VariableScope]:
    """Names variables, and says what is true of those that do not say so themselves.

    Args:
      name_or_scope: str, or a scope to be opened again; None for ``default_name``.
      initializer, regularizer, dtype, constraint: of variables that bring none.
      reuse: without effect while executing eagerly.
      custom_getter: must be None.
    """
    if custom_getter is not None or partitioner is not None:
        raise NotImplementedError("kerax does not have variable_scope(custom_getter=…) or (partitioner=…).")
    outer = get_variable_scope()
    if isinstance(name_or_scope, VariableScope):
        base, name = name_or_scope, name_or_scope.name
    else:
        own = default_name if name_or_scope is None else name_or_scope
        if own is None:
            raise TypeError("If default_name is None then name_or_scope is required")
        base, name = outer, f"{outer.name}/{own}".strip("/")
    scope = VariableScope(
        reuse,
        name,
        initializer or base.initializer,
        regularizer or base.regularizer,
        dtype or base.dtype,
        constraint or base.constraint,
    )
    _scopes.append(scope)
    try:
        with _name_scope(name + "/" if name else ""):
            yield scope
    finally:
        _scopes.pop()


def get_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: Any = None,
    custom_getter: Any = None,
    constraint: Any = None,
    **kwargs: Any,
) -> _Variable:
    """A new Variable, as TensorFlow 1 makes it while executing eagerly.

    Args:
      name: str, put below the variable scopes' names.
      shape, dtype: of its value.
      initializer: a value, or a function of shape and dtype; by default Glorot's uniform one, zeros for integers.
      trainable, constraint, **kwargs: as of a Variable.

    Raises:
      ValueError: neither a shape nor an initial value.
    """
    from kerax.keras.initializers import GlorotUniform, Zeros

    if partitioner is not None or custom_getter is not None:
        raise NotImplementedError("kerax does not have get_variable(partitioner=…) or (custom_getter=…).")
    scope = get_variable_scope()
    dtype = dtypes.as_dtype(dtype or scope.dtype)
    initializer = scope.initializer if initializer is None else initializer
    if initializer is None:
        initializer = GlorotUniform() if dtype.is_floating else Zeros()
    if isinstance(initializer, type):
        initializer = initializer()
    if callable(initializer):
        if shape is None:
            raise ValueError(f"Shape of a new variable ({name}) must be fully defined, but instead was <unknown>.")
        value = initializer(TensorShape(shape).as_list(), dtype=dtype)
    else:
        value = convert_to_tensor(initializer, dtype)
    with _name_scope(scope.name + "/" if scope.name else ""):
        return _Variable(value, trainable=trainable, name=name, constraint=constraint or scope.constraint, **kwargs)


get_local_variable = get_variable


def make_template(name_: str, func_: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Refused: a template shares the variables of TensorFlow 1's variable scopes."""
    raise NotImplementedError("kerax does not have tf.compat.v1.make_template().")


def assign(ref: Any, value: Any, validate_shape: Any = None, use_locking: Any = None, name: str | None = None) -> Any:
    """Gives a Variable a value, and returns it."""
    return ref.assign(value)


def assign_add(ref: Any, value: Any, use_locking: Any = None, name: str | None = None) -> Any:
    """Adds to a Variable's value, and returns it."""
    return ref.assign_add(value)


def assign_sub(ref: Any, value: Any, use_locking: Any = None, name: str | None = None) -> Any:
    """Subtracts from a Variable's value, and returns it."""
    return ref.assign_sub(value)


def _scatter(kind: str) -> Callable[..., Any]:
    def scatter(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
        from kerax.sparse.indexed_slices import IndexedSlices

        updates = convert_to_tensor(updates, ref.dtype)
        return getattr(ref, f"scatter_{kind}")(IndexedSlices(updates, convert_to_tensor(indices)))

    scatter.__name__ = scatter.__qualname__ = f"scatter_{kind}"
    scatter.__doc__ = f"``Variable.scatter_{kind}`` of rows: ``updates[i]`` goes to row ``indices[i]``."
    return scatter


def _scatter_nd(kind: str) -> Callable[..., Any]:
    def scatter(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Any:
        return getattr(ref, f"scatter_nd_{kind}")(indices, updates)

    scatter.__name__ = scatter.__qualname__ = f"scatter_nd_{kind}"
    scatter.__doc__ = f"``Variable.scatter_nd_{kind}``."
    return scatter


scatter_add, scatter_div, scatter_max, scatter_min = map(_scatter, ("add", "div", "max", "min"))
scatter_mul, scatter_sub, scatter_update = map(_scatter, ("mul", "sub", "update"))
scatter_nd_add, scatter_nd_sub, scatter_nd_update = map(_scatter_nd, ("add", "sub", "update"))


def global_variables(scope: str | None = None) -> list[Any]:
    """Empty: there are no collections while executing eagerly."""
    return []


local_variables = model_variables = trainable_variables = moving_average_variables = global_variables


def global_variables_initializer() -> None:
    """Nothing to do: variables have their values from the start."""


local_variables_initializer = initialize_all_variables = initialize_local_variables = global_variables_initializer


def variables_initializer(var_list: Any, name: str = "init") -> None:
    """Nothing to do: variables have their values from the start."""


def tables_initializer(name: str = "init_all_tables") -> None:
    """Nothing to do: tables are filled from the start."""


def is_variable_initialized(variable: Any) -> Any:
    """A true Tensor: variables have their values from the start."""
    return convert_to_tensor(True)


def add_to_collection(name: str, value: Any) -> None:
    """Without effect: there are no collections while executing eagerly."""


def add_to_collections(names: Any, value: Any) -> None:
    """Without effect: there are no collections while executing eagerly."""


def get_collection(key: str, scope: str | None = None) -> list[Any]:
    """Empty: there are no collections while executing eagerly."""
    return []


get_collection_ref = get_collection


@contextlib.contextmanager
def colocate_with(op: Any, ignore_existing: bool = False) -> Iterator[None]:
    """Nothing to do: JAX says where its values are."""
    yield


def get_default_session() -> None:
    """None: there are no sessions."""


class name_scope(_name_scope):
    """Names what is made inside.

    Args:
      name: str, or None for ``default_name``.
      default_name: str.
      values: without effect.
    """

    def __init__(self, name: str | None, default_name: str | None = None, values: Any = None) -> None:
        chosen = default_name if name is None else name
        if chosen is None:
            chosen = ""
        super().__init__(chosen)


def control_flow_v2_enabled() -> bool:
    """True: loops and branches are functions."""
    return True


def enable_control_flow_v2() -> None:
    """Nothing to do: it is enabled."""


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Any:
    """``tf.where``, but a vector of conditions chooses whole rows.

    Args:
      condition: bool ``[n, …]``.
      x, y: values of one shape ``[n, …]``, or None for the places where the condition holds.
    """
    from kerax.array_ops import reshape
    from kerax.array_ops import where as where_v2

    condition = convert_to_tensor(condition)
    if x is not None and y is not None:
        extra = (convert_to_tensor(x).shape.rank or 0) - (condition.shape.rank or 0)
        if condition.shape.rank == 1 and extra > 0:
            condition = reshape(condition, [-1] + [1] * extra)
    return where_v2(condition, x, y)


def Print(
    input_: Any,
    data: Any,
    message: str | None = None,
    first_n: Any = None,
    summarize: int | None = None,
    name: str | None = None,
) -> Any:
    """Prints values to stderr, and returns the first argument."""
    from kerax.core.effects import print_ as print_values

    print_values(message or "", *data, summarize=3 if summarize is None else summarize)
    return input_
