"""Branches and loops: python decides when it can, otherwise ``lax`` does, with all state lifted.

``tf.cond``, ``tf.while_loop``, AutoGraph's ``if`` / ``while`` / ``for`` and the Keras RNNs all come here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, effects, errors, nest, state
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.reversible_loop import while_loop_with_gradient
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.value import Tensor

_NUMBERS = (bool, int, float, complex, np.ndarray, np.generic, jax.Array)


class Undefined:
    """A symbol that has no value yet; AutoGraph's operators give it its name."""


def is_traced(value: Any) -> bool:
    """Whether a value is a Tensor that only a run will know."""
    return isinstance(value, Tensor) and value._is_symbolic()


_squeeze = Call(lambda value: value.reshape(()), "Squeeze")


def as_condition(value: Any, statement: str | None = None) -> Any:
    """A predicate as a boolean: of python where it is known, a traced Tensor where not.

    Args:
      value: the predicate.
      statement: "if statement" or "while loop" where python's own is meant.

    Raises:
      TypeError: it is not boolean (ValueError: that of a statement), or (ValueError) no scalar.
    """
    if hasattr(value, "_kerax_tensor"):
        value = value._kerax_tensor()
    if statement is not None and context.trace is not None:
        _check_statement(value, statement)
    if not is_traced(value):
        return bool(value)
    if not value.dtype.is_bool:
        raise TypeError(f"The condition must be a boolean tensor, got {value!r}.")
    if value.shape.rank and value.shape.num_elements() == 1:
        return dispatch(_squeeze, [value])
    if value.shape.rank:
        raise ValueError(f"The condition must be a scalar, but its shape is {value.shape}.")
    return value


def _check_statement(value: Tensor, statement: str) -> None:
    hints = ["to check for None, use `is not None`"]
    if not value.dtype.is_bool:
        hints.insert(0, "to use as boolean Tensor, use `tf.cast`")
    elif (value.shape.num_elements() or 1) == 1:
        return
    name = getattr(value, "name", "Const:0")
    shown = f'Tensor("{name}", shape={value.shape}, dtype={value.dtype.name})'
    raise ValueError(f"condition of {statement} expected to be `tf.bool` scalar, got {shown}; {'; '.join(hints)}")


def _leaf_to_tensor(leaf: Any) -> Any:
    return convert_to_tensor(leaf) if isinstance(leaf, _NUMBERS) else leaf


def _loop_variable(leaf: Any) -> Any:
    return convert_to_tensor(leaf) if isinstance(leaf, _NUMBERS) or hasattr(leaf, "assign") else leaf


def _union(programs: Sequence[state.Lifted]) -> tuple[list[Any], list[Any]]:
    """The inputs and the assigned Variables of several programs, each once."""
    assigned: dict[int, Any] = {}
    inputs: dict[int, Any] = {}
    for program in programs:
        assigned.update((id(variable), variable) for variable in program.assigned)
    for program in programs:
        inputs.update((id(source), source) for source in program.inputs)
    inputs.update(assigned)  # a branch that does not assign passes the present value on
    return list(inputs.values()), list(assigned.values())


# --- branches -------------------------------------------------------------------------------------------
def branch(index: Any, functions: Sequence[Callable[[], Any]], names: Sequence[str] | None = None) -> Any:
    """Runs one of several functions, chosen by a traced Tensor.

    Args:
      index: traced bool (True → the first of two functions) or int32 Tensor, a scalar.
      functions: callables without arguments, whose results have the same structure, dtypes and shapes.
      names: the symbols that the results are assigned to, for messages.

    Returns:
      The chosen function's result.

    Raises:
      TypeError: results of other structure or dtypes.
      ValueError: a symbol has no value in one of the branches.
    """
    programs = [state.trace(function, [], convert=_leaf_to_tensor, name="branch") for function in functions]
    _check_branches(programs, names)
    inputs, assigned = _union(programs)
    slot = {id(source): position for position, source in enumerate(inputs)}

    def arm(program: state.Lifted) -> Callable[..., Any]:
        own = [slot[id(source)] for source in program.inputs]
        count = len(program.results)
        written = {id(variable): count + i for i, variable in enumerate(program.assigned)}

        def run(values: Sequence[Any]) -> list[Any]:
            outs = program.fn(*[values[position] for position in own])
            rest = [
                outs[written[id(variable)]] if id(variable) in written else values[slot[id(variable)]]
                for variable in assigned
            ]
            return [*outs[:count], *rest]

        return run

    arms = [arm(program) for program in programs]

    def choose(which: Any, *values: Any) -> list[Any]:
        if which.dtype == np.bool_:
            return lax.cond(which, arms[0], arms[1], values)
        return lax.switch(which, arms, values)

    linked = {slot[id(program.inputs[i])] + 1 for program in programs for i in program.linked or ()}
    call = Call(choose, "If", linked=frozenset(linked))
    outs = dispatch(call, [index, *(state.current(source) for source in inputs)])
    count = len(outs) - len(assigned)
    for variable, value in zip(assigned, outs[count:], strict=True):
        variable._write(value)
    return programs[0].pack(outs[:count])


def _check_branches(programs: Sequence[state.Lifted], names: Sequence[str] | None) -> None:
    """Checks that all branches return the same."""
    first = programs[0]
    for program in programs[1:]:
        one, two = first.structure, program.structure
        if names is None:
            _check_results(first, program, one, two, None)
        else:  # what two blocks assign to each symbol, or the two values of an expression
            pairs = zip(names, one, two, strict=True) if type(one) is tuple else [(names[0], one, two)]
            for name, this, other in pairs:
                _check_results(first, program, this, other, name)


def _check_results(first: state.Lifted, second: state.Lifted, one: Any, two: Any, name: str | None) -> None:
    for value, where in ((one, "main"), (two, "else")):
        if name is not None and _is_missing(value) and _is_missing(one) != _is_missing(two):
            if type(value).__name__ == "UndefinedReturnValue":
                raise ValueError(f"the {where} branch must also have a return statement.")
            if value is not None:
                raise ValueError(f"'{name}' must also be initialized in the {where} branch")
            raise ValueError(f"'{name}' is None at the end of the {where} branch.")
    try:
        nest.assert_same_structure(one, two, check_types=True, expand_composites=True)
    except (TypeError, ValueError):
        shown = [
            nest.map_structure(functools.partial(_spec, program), structure)
            for program, structure in ((first, one), (second, two))
        ]
        try:
            nest.assert_same_structure(*shown, check_types=True)
            problem = "they differ in the parts of composite tensors"
        except (TypeError, ValueError) as error:
            problem = str(error)
        if name is None:
            raise TypeError(_differ(*shown, problem)) from None
        raise TypeError(
            f"'{name}' must have the same nested structure in the main and else branches:\n\n{problem}"
        ) from None
    leaves = zip(nest.flatten(one, expand_composites=True), nest.flatten(two, expand_composites=True), strict=True)
    for this, other in leaves:
        _check_leaves(first, second, this, other, name)


def _spec(program: state.Lifted, leaf: Any) -> Any:
    """What shows a returned leaf: of a tensor its spec."""
    if not isinstance(leaf, state.Slot):
        return leaf
    return TensorSpec(program.results[leaf.index].shape, program.results[leaf.index].dtype)


def _differ(one: Any, two: Any, problem: str) -> str:
    return (
        "true_fn and false_fn arguments to tf.cond must have the same number, type, and overall structure of return "
        f"values.\n\ntrue_fn output:  {one}\nfalse_fn output: {two}\n\nError details:\n{problem}"
    )


def _dtype_of(program: state.Lifted, leaf: Any) -> dtypes.DType | None:
    """The dtype of a returned leaf that is a tensor or, a text, could be one."""
    if isinstance(leaf, state.Slot):
        return dtypes.from_numpy(program.results[leaf.index].dtype)
    text = isinstance(leaf, (str, bytes)) or (isinstance(leaf, Tensor) and leaf._value.dtype == object)
    return dtypes.string if text else None


def _check_leaves(first: state.Lifted, second: state.Lifted, one: Any, two: Any, name: str | None) -> None:
    slots = isinstance(one, state.Slot), isinstance(two, state.Slot)
    kinds = _dtype_of(first, one), _dtype_of(second, two)
    if None not in kinds and kinds[0] != kinds[1]:
        if name is None:
            raise TypeError(_differ(*kinds, "they have different types"))
        raise TypeError(
            f"'{name}' has dtype {kinds[0].name} in the main branch, but dtype {kinds[1].name} in the else branch"
        )
    name = name or "the result"
    if all(slots):
        a, b = first.results[one.index], second.results[two.index]
        if a.shape != b.shape:
            raise errors.Uncompilable(f"a condition whose branches give '{name}' other shapes,")
    elif any(slots):
        missing = two if slots[0] else one
        where = "else" if slots[0] else "main"
        raise ValueError(f"'{name}' is {missing!r} at the end of the {where} branch, but a tensor in the other.")
    elif isinstance(one, Tensor) and isinstance(two, Tensor):
        if one._value is not two._value and not np.array_equal(one._value, two._value):
            raise errors.Uncompilable("a condition that chooses between strings")
    elif isinstance(one, (str, bytes)) and isinstance(two, (str, bytes)) and one != two:
        raise errors.Uncompilable("a condition that chooses between strings")
    elif not _same_static(one, two):
        raise TypeError(f"'{name}' must be the same in all branches of a traced condition: {one!r} and {two!r}.")


def _same_static(one: Any, two: Any) -> bool:
    if one is two or (type(one) is type(two) and type(one).__name__.startswith("Undefined")):
        return True
    try:
        return type(one) is type(two) and bool(one == two)
    except (TypeError, ValueError):
        return False


def cond(
    pred: Any,
    true_fn: Callable[[], Any] | None = None,
    false_fn: Callable[[], Any] | None = None,
    name: str | None = None,
) -> Any:
    """Returns ``true_fn()`` if the predicate is true, else ``false_fn()``.

    Args:
      pred: scalar bool.
      true_fn, false_fn: callables without arguments; traced, both must return the same structure.
      name: ignored.

    Returns:
      What the chosen function returns.

    Raises:
      TypeError: a function is not callable, or traced branches return different structures or dtypes.

    >>> import kerax as tf
    >>> tf.cond(tf.constant(True), lambda: tf.constant(1), lambda: tf.constant(2)).numpy()
    np.int32(1)
    """
    if not callable(true_fn):
        raise TypeError("'true_fn' must be callable.")
    if not callable(false_fn):
        raise TypeError("'false_fn' must be callable.")
    if pred is None:
        raise ValueError(f"Attempt to convert a value (None) with an unsupported type ({type(None)}) to a Tensor.")
    pred = as_condition(pred)
    if isinstance(pred, bool):
        return true_fn() if pred else false_fn()
    return branch(pred, [true_fn, false_fn])


_NO_CASE = "assertion failed: [Input error: None of conditions evaluated as True:] [0]"


def case(
    pred_fn_pairs: Any,
    default: Callable[[], Any] | None = None,
    exclusive: bool = False,
    strict: bool = False,
    name: str = "case",
) -> Any:
    """Returns the result of the first function whose predicate is true.

    Args:
      pred_fn_pairs: list of (scalar bool, callable) pairs.
      default: callable for the case that no predicate is true; by default the last function.
      exclusive: bool, a promise that at most one predicate is true, which is not checked.
      strict: bool, without effect: lists of one result stay lists.

    Raises:
      errors.InvalidArgumentError: no predicate is true and there is no default.
      TypeError: the pairs are not (tensor, callable).
      ValueError: there are no pairs, or they are a dict.
    """
    if isinstance(pred_fn_pairs, dict):
        raise ValueError("Unordered dictionaries are not supported for the 'pred_fn_pairs' argument.")
    pairs = list(pred_fn_pairs)
    if not pairs:
        raise ValueError("not enough values to unpack (expected 2, got 0)")
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'pred_fn_pairs' must be a 2-tuple. Received {pair}.")
        if not (isinstance(pair[0], Tensor) or hasattr(pair[0], "_kerax_tensor")):
            raise TypeError(f"pred must be a Tensor, got: {pair[0]}")
        if not callable(pair[1]):
            raise TypeError(f"'callable' in {pair} must be callable.")
    if default is not None and not callable(default):
        raise TypeError("'default' must be callable.")
    conditions = [as_condition(pred) for pred, _ in pairs]

    def choose(position: int) -> Any:
        if position == len(pairs):
            if default is None:
                raise errors.InvalidArgumentError(None, None, _NO_CASE)
            return default()
        condition, function = conditions[position], pairs[position][1]
        if isinstance(condition, bool):
            return function() if condition else choose(position + 1)
        if position == len(pairs) - 1 and default is None:
            effects.check(condition, lambda: _NO_CASE)
            return function()
        return branch(condition, [function, lambda: choose(position + 1)])

    return choose(0)


def switch_case(
    branch_index: Any, branch_fns: Any, default: Callable[[], Any] | None = None, name: str = "switch_case"
) -> Any:
    """Returns the result of the function that an index names.

    Args:
      branch_index: scalar int32.
      branch_fns: list of callables, or of (int, callable) pairs, or a dict.
      default: callable for other indices; by default the function of the largest index.

    Raises:
      TypeError: something is not callable.
      ValueError: the keys are not 0 … n-1.
    """
    functions = _branch_functions(branch_fns)
    for function in functions:
        if not callable(function):
            raise TypeError(f"Each entry in 'branch_fns' must be a 2-tuple. Received {function!r}.")
    if default is not None and not callable(default):
        raise TypeError("'default' must be callable.")
    fallback = len(functions)
    functions = [*functions, default or functions[-1]]
    if not (isinstance(branch_index, Tensor) or hasattr(branch_index, "_kerax_tensor")):
        raise TypeError(f"'branch_index' must be a Tensor, got {type(branch_index)}")
    index = convert_to_tensor(branch_index)
    if not index.dtype.is_integer:
        raise TypeError(f"'branch_index' must be an integer Tensor, got {index.dtype}")
    if not is_traced(index):
        chosen = int(index)
        return functions[chosen if 0 <= chosen < fallback else fallback]()
    safe = dispatch(_safe_index(fallback), [index])
    return branch(safe, functions)


def _safe_index(count: int) -> Call:
    return Call(lambda i: jnp.where((i >= 0) & (i < count), i, count).astype(jnp.int32), "BranchIndex")


def _branch_functions(branch_fns: Any) -> list[Callable[[], Any]]:
    if isinstance(branch_fns, dict):
        branch_fns = sorted(branch_fns.items())
    items = list(branch_fns)
    if items and isinstance(items[0], (tuple, list)):
        items.sort(key=lambda pair: pair[0])
        if [key for key, _ in items] != list(range(len(items))):
            keys = ",".join(str(key) for key, _ in items)
            raise ValueError(
                f"branch indices (keys) must form contiguous range of [0 to {len(items)}) but found {{{keys}}}"
            )
        items = [function for _, function in items]
    if not items:
        raise ValueError("Must provide at least one item in branch_fns")
    return items


# --- loops ----------------------------------------------------------------------------------------------
def loop(
    test: Callable[..., Any] | None,
    body: Callable[..., Any],
    variables: Sequence[Any],
    names: Sequence[str] | None = None,
    *,
    count: int | None = None,
    limit: Any = None,
    relaxed: bool = False,
) -> tuple[Any, ...]:
    """A compiled loop over a tuple of loop variables, any structures of Tensors.

    Args:
      test: takes the loop variables, returns a scalar bool; None for ``count`` iterations.
      body: takes the loop variables, returns their next values.
      variables: their first values.
      names: their symbols, for messages.
      count: a static number of iterations; such loops are differentiated by ``lax.scan``.
      limit: scalar int or None, the number of iterations after which it ends in any case.
      relaxed: bool, whether the user allowed shapes to change.

    Returns:
      The final values.

    Raises:
      ValueError, TypeError: a loop variable changes its structure, dtype or shape.
    """
    variables = tuple(nest.map_structure(_leaf_to_tensor, value) for value in variables)
    if any(type(value).__name__ == "UndefinedReturnValue" for value in variables):
        raise NotImplementedError(
            "a return statement cannot be placed inside this TensorFlow loop; this may happen if a return statement "
            "depends on a static Python condition such as a hyperparameter"
        )
    if limit is not None:
        return _limited_loop(test, body, variables, names, count, convert_to_tensor(limit), relaxed)
    flat = nest.flatten(variables, expand_composites=True)
    tensors = [leaf for leaf in flat if isinstance(leaf, Tensor)]
    if any(tensor._value.dtype == object for tensor in tensors):
        raise errors.Uncompilable("a loop over strings")
    avals = [jax.ShapeDtypeStruct(tensor._value.shape, tensor._value.dtype) for tensor in tensors]

    def unflatten(traced: Sequence[Tensor]) -> Any:
        feed = iter(traced)
        return nest.pack_sequence_as(
            variables, [next(feed) if isinstance(leaf, Tensor) else leaf for leaf in flat], expand_composites=True
        )

    def step(*traced: Tensor) -> Any:
        return tuple(_fitted(body(*unflatten(traced)), variables))

    missing = [pair for pair in zip(names or (), variables, strict=False) if _is_missing(pair[1])]
    try:
        stepper = state.trace(step, avals, convert=_leaf_to_tensor, name="body", repeats=True)
    except (UnboundLocalError, TypeError, ValueError, KeyError) as error:
        if not missing:
            raise
        name, value = missing[0]
        problem = "is not allowed to be None" if value is None else "must be defined"
        raise ValueError(
            f"'{name}' {problem} before the loop\nNote: AutoGraph tried to define it automatically, but ran into a "
            f"{type(error).__name__}: {error}"
        ) from error
    if any(map(_is_assigned_first, variables, stepper.structure)):
        variables = tuple(map(functools.partial(_defined, stepper), variables, stepper.structure))
        if missing and test is not None:
            unset = ", ".join(name for name, _ in missing)
            effects.check(
                test(*variables),
                lambda: f"assertion failed: [loop must iterate at least once to initialize {unset}]",
            )
        return loop(test, body, variables, names, count=count, relaxed=relaxed)
    lazy = _lazy_buffers(variables, stepper)
    programs = [stepper]
    if test is not None:
        statement = None if names is None else "while loop"
        tester = state.trace(
            lambda *traced: _condition_tensor(test(*unflatten(traced)), statement), avals, name="condition"
        )
        programs.append(tester)
    if lazy:
        if test is not None and any(array._kerax_grows() for array in lazy):
            raise errors.Uncompilable("a TensorArray that may grow in a compiled loop")
        return _loop_with_buffers(test, body, variables, names, lazy, count, relaxed)
    _check_step(variables, stepper, flat, avals, names, relaxed)
    inputs, assigned = _union(programs)
    carried = {id(variable) for variable in assigned}
    constants = [source for source in inputs if id(source) not in carried]

    def reader(program: state.Lifted) -> Callable[[Sequence[Any], Sequence[Any], Sequence[Any]], list[Any]]:
        where = {id(source): (0, i) for i, source in enumerate(constants)}
        where.update((id(variable), (1, i)) for i, variable in enumerate(assigned))
        order = [where[id(source)] for source in program.inputs]

        def run(fixed: Sequence[Any], written: Sequence[Any], values: Sequence[Any]) -> list[Any]:
            parts = (fixed, written)
            return program.fn(*[parts[side][position] for side, position in order], *values)

        return run

    run_step = reader(stepper)
    produced = {id(variable): len(stepper.results) + i for i, variable in enumerate(stepper.assigned)}

    def next_carry(carry: Any, held: Any) -> Any:
        values, written = carry
        fixed, entries = held
        outs = run_step(fixed, _as_read(written, entries), values)
        after = [outs[produced[id(v)]] if id(v) in produced else old for v, old in zip(assigned, written, strict=True)]
        return tuple(outs[: len(values)]), tuple(after)

    run_test = reader(tester) if test is not None else None
    sizes = len(constants), len(assigned)

    def whole(*arrays: Any) -> list[Any]:
        fixed = arrays[: sizes[0]]
        written = arrays[sizes[0] : sum(sizes)]
        carry = (tuple(arrays[sum(sizes) :]), tuple(written))
        held = (tuple(fixed), tuple(written))
        if run_test is None:
            final = lax.fori_loop(0, count, lambda _, c: next_carry(c, held), carry)
        else:
            final = while_loop_with_gradient(lambda c, h: run_test(h[0], c[1], c[0])[0], next_carry, carry, held)
        return [*final[0], *final[1]]

    outs = dispatch(
        Call(whole, "While"), [*(state.current(s) for s in constants), *(state.current(v) for v in assigned), *tensors]
    )
    for variable, value in zip(assigned, outs[len(tensors) :], strict=True):
        variable._write(value)
    return tuple(unflatten(outs[: len(tensors)]))


def _as_read(written: Sequence[Any], entries: Sequence[Any]) -> list[Any]:
    """The present values of assigned Variables as the body of a loop reads them."""
    return [state.as_read(value, lambda entry=entry: entry) for value, entry in zip(written, entries, strict=True)]


def _condition_tensor(value: Any, statement: str | None = None) -> Tensor:
    tensor = convert_to_tensor(value)
    if statement is not None:
        _check_statement(tensor, statement)
    if not tensor.dtype.is_bool:
        raise TypeError(f"The loop condition must be boolean, got {tensor!r}.")
    return tensor


def _fitted(values: Any, variables: Sequence[Any]) -> list[Any]:
    """The body's results, python numbers in them taking the dtype of their loop variable."""
    if not isinstance(values, (list, tuple)) or (len(variables) == 1 and len(values) != 1):
        values = (values,)
    if len(values) != len(variables):
        raise ValueError(
            f"The body returned {len(values)} loop variables, but the loop has {len(variables)}: {values!r}."
        )
    fitted = []
    for value, like in zip(values, variables, strict=True):
        if isinstance(value, _NUMBERS) and isinstance(like, Tensor):
            value = convert_to_tensor(value, dtype_hint=like.dtype)
        fitted.append(value)
    return fitted


def _is_missing(value: Any) -> bool:
    """Whether a symbol has no value yet."""
    return (
        value is None or isinstance(value, Undefined) or type(value).__name__ in ("Undefined", "UndefinedReturnValue")
    )


def _is_assigned_first(before: Any, after: Any) -> bool:
    """Whether a symbol that has no value before the loop has one after an iteration."""
    return _is_missing(before) and not _is_missing(after)


def _defined(stepper: state.Lifted, before: Any, after: Any) -> Any:
    """A loop variable; zeros of the kind that the body assigns to it where it has no value before the loop."""
    if not _is_assigned_first(before, after):
        return before

    def zeros(leaf: Any) -> Any:
        if not isinstance(leaf, state.Slot):
            return leaf
        result = stepper.results[leaf.index]
        return Tensor(np.zeros(result.shape, result.dtype), context.trace)

    return nest.map_structure(zeros, after, expand_composites=True)


def _limited_loop(
    test: Any, body: Any, variables: tuple[Any, ...], names: Any, count: int | None, limit: Tensor, relaxed: bool
) -> tuple[Any, ...]:
    """A loop of at most ``limit`` iterations: a counter joins the loop variables."""
    if count is not None and not is_traced(limit):
        return loop(None, body, variables, names, count=min(count, max(int(limit), 0)), relaxed=relaxed)
    counter = Tensor(np.zeros((), limit._value.dtype), context.trace)

    def limited_test(step: Tensor, *now: Any) -> Any:
        below = dispatch(_LESS, [step, limit])
        if test is None:
            return dispatch(_AND, [below, dispatch(_LESS, [step, convert_to_tensor(count, limit.dtype)])])
        return dispatch(_AND, [below, convert_to_tensor(test(*now))])

    def limited_body(step: Tensor, *now: Any) -> Any:
        return (dispatch(_INCREMENT, [step]), *_fitted(body(*now), now))

    names = None if names is None else ("<iteration>", *names)
    return loop(limited_test, limited_body, [counter, *variables], names, relaxed=relaxed)[1:]


def _check_step(
    variables: Any, stepper: state.Lifted, flat: list[Any], avals: list[Any], names: Any, relaxed: bool
) -> None:
    leaves = nest.flatten(stepper.structure, expand_composites=True)
    if len(leaves) != len(flat):
        after = nest.map_structure(functools.partial(_spec, stepper), stepper.structure)
        for name, one, two in zip(names or (), variables, after, strict=False):
            try:
                nest.assert_same_structure(one, two)
            except (TypeError, ValueError) as error:
                raise TypeError(
                    f"'{name}' does not have the same nested structure after one iteration.\n\n{error}"
                ) from None
        raise ValueError(
            "The two structures don't have the same nested structure.\n\nFirst structure: "
            f"type={type(variables).__name__} str={variables}\n\nSecond structure: type={type(after).__name__} "
            f"str={after}"
        )
    position = 0
    for index, (before, after) in enumerate(zip(flat, leaves, strict=True)):
        name = names[index] if names is not None and len(names) == len(flat) else f"loop variable {index}"
        if not isinstance(before, Tensor):
            if isinstance(before, (str, bytes)) and not (type(after) is type(before) and after == before):
                raise errors.Uncompilable("a loop over strings")
            if isinstance(after, state.Slot):
                raise ValueError(f"'{name}' is {before!r} before the loop, but a tensor after one iteration.")
            continue
        kind = _dtype_of(stepper, after)
        if kind is not None and kind != before.dtype:
            raise TypeError(
                f"'{name}' has dtype {before.dtype.name} before the loop, but dtype {kind.name} after one iteration"
                if names is not None
                else f"Loop var {before.name} enters the loop with type {before.dtype} but has type {kind} after 1 "
                f"iteration. {before.name} type should remain constant."
            )
        if after is None:
            raise ValueError(f"'{name}' is None at the end of the iteration.")
        if not isinstance(after, state.Slot):
            raise ValueError(f"'{name}' is a tensor before the loop, but {after!r} after one iteration.")
        have, want = stepper.results[after.index], avals[position]
        position += 1
        if have.shape != want.shape:
            if relaxed:
                raise errors.Uncompilable(f"a loop that changes the shape of '{name}'")
            if names is None:
                symbol = getattr(before, "name", "Const:0")
                raise ValueError(
                    f"Input tensor `{symbol}` enters the loop with shape {TensorShape(want.shape)}, but has shape "
                    f"{TensorShape(have.shape)} after one iteration. To allow the shape to vary across iterations, use "
                    "the `shape_invariants` argument of tf.while_loop to specify a less-specific shape."
                )
            raise ValueError(
                f"'{name}' has shape {TensorShape(want.shape)} before the loop, but shape {TensorShape(have.shape)} "
                "after one iteration. Use tf.autograph.experimental.set_loop_options to set shape invariants."
            )


# --- tensor arrays whose elements are first seen inside the loop ---------------------------------------------
def _lazy_buffers(variables: Any, stepper: state.Lifted) -> list[Any]:
    """The loop variables (tensor arrays) that got their buffer inside the body."""
    arrays = [leaf for leaf in nest.flatten(variables) if hasattr(leaf, "_kerax_make_buffer")]
    return [array for array in arrays if not array._kerax_components() and array._discovered is not None]


def _loop_with_buffers(
    test: Any, body: Any, variables: Any, names: Any, lazy: list[Any], count: int | None, relaxed: bool
) -> tuple[Any, ...]:
    """Starts over with buffers of the element shapes that the first trace discovered."""

    def ready(leaf: Any) -> Any:
        return leaf._kerax_make_buffer() if any(leaf is array for array in lazy) else leaf

    return loop(test, body, nest.map_structure(ready, variables), names, count=count, relaxed=relaxed)


def while_loop(
    cond: Callable[..., Any],
    body: Callable[..., Any],
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    maximum_iterations: Any = None,
    name: str | None = None,
) -> Any:
    """Repeats ``body`` while ``cond`` is true.

    Args:
      cond: callable of the loop variables, returns a scalar bool.
      body: callable of the loop variables, returns their next values.
      loop_vars: list, tuple (or structure) of Tensors and numbers.
      shape_invariants: shapes that may be less specific than the first values'.
      parallel_iterations, back_prop, swap_memory: hints of TensorFlow, without effect on values.
      maximum_iterations: scalar int.
      name: ignored.

    Returns:
      The final loop variables, in the structure of ``loop_vars``.

    Raises:
      TypeError: cond or body is not callable, or a dtype changes.
      ValueError: no loop variables, or a shape changes.

    >>> import kerax as tf
    >>> [i.numpy() for i in tf.while_loop(lambda i: i < 10, lambda i: (i + 1,), [tf.constant(0)])]
    [np.int32(10)]
    """
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if not (isinstance(parallel_iterations, Tensor) or parallel_iterations > 0):
        raise TypeError("'parallel_iterations' must be a positive integer.")
    if not nest.is_nested(loop_vars):
        loop_vars = [loop_vars]
        single = True
    else:
        single = False
    if len(nest.flatten(loop_vars)) < 1 and not any(hasattr(v, "_kerax_components") for v in loop_vars):
        raise ValueError("'loop_vars' must be provided.")
    limit = None if maximum_iterations is None else convert_to_tensor(maximum_iterations)
    if not state.in_trace():
        final = _run_loop(cond, body, loop_vars, None if limit is None else int(limit))
        if context.uncompiled and not (single or isinstance(loop_vars, dict)):  # a graph's loop keeps their structure
            return _repacked(list(final), loop_vars, False, False)
        return final[0] if single else final
    values = nest.map_structure(_loop_variable, loop_vars)
    as_mapping = isinstance(values, dict)
    items = [values] if as_mapping else list(values)
    final = loop(cond, body, items, limit=limit, relaxed=shape_invariants is not None)
    return _repacked(list(final), loop_vars, as_mapping, single)


def _run_loop(cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, limit: int | None) -> Any:
    """python's own loop: numbers stay numbers to its end, so that they meet tensors of any dtype, and the result is a
    list or a tuple as ``body`` returns it."""
    as_mapping = isinstance(loop_vars, dict)
    items = nest.map_structure(lambda leaf: convert_to_tensor(leaf) if hasattr(leaf, "assign") else leaf, loop_vars)
    items = [items] if as_mapping else items
    rounds = 0
    while (limit is None or rounds < limit) and bool(cond(*items)):
        result = body(*items)
        if as_mapping or not isinstance(result, (list, tuple)) or (len(items) == 1 and len(result) != 1):
            result = [result]
        if len(result) != len(items):
            raise ValueError(f"body returned {len(result)} loop variables instead of {len(items)}.")
        items = result
        rounds += 1
    final = nest.map_structure(
        lambda leaf: convert_to_tensor(leaf) if isinstance(leaf, (str, bytes)) else _leaf_to_tensor(leaf), items
    )
    return final[0] if as_mapping else final


_LESS = Call(lambda a, b: a < b, "Less")
_AND = Call(lambda a, b: a & b, "LogicalAnd")
_INCREMENT = Call(lambda a: a + jnp.ones_like(a), "Add")


def _repacked(items: list[Any], like: Any, as_mapping: bool, single: bool) -> Any:
    if as_mapping or single:
        return items[0]
    if isinstance(like, tuple):
        return type(like)(*items) if hasattr(like, "_fields") else tuple(items)
    return list(items)
