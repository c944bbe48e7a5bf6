"""Loops: their conditions and bodies as functions, which is what the writer of .tflite files takes."""

from __future__ import annotations

from typing import Any

from kerax.lite.packages import load

_LOOP = "tfl.while"


def outline(module: Any) -> None:
    """Moves what loops of a module run into functions of their own.

    What a loop's body takes from outside of it becomes one more value that the loop carries; constants go along.

    Args:
      module: ``litert_converter.mlir.ir.Module``, of operators.
    """
    ir = load("litert_converter.mlir.ir")
    count = 0
    while True:
        loop = next(filter(None, (_innermost(op) for op in module.body.operations)), None)
        if loop is None:
            return
        _outline(ir, module, loop, count)
        count += 1


def _inner(op: Any) -> list[Any]:
    return [inner for region in op.regions for block in region.blocks for inner in block.operations]


def _innermost(op: Any) -> Any:
    """A loop with nothing but operators in it, None if there is none."""
    for inner in _inner(op):
        found = _innermost(inner.operation)
        if found is not None:
            return found
    operation = op.operation
    if operation.name == _LOOP and not all(_is_call(region) for region in operation.regions):
        return operation
    return None


def _is_call(region: Any) -> bool:
    operations = list(region.blocks[0].operations)
    return len(operations) == 2 and operations[0].operation.name == "func.call"


def _outline(ir: Any, module: Any, loop: Any, count: int) -> None:
    captured: list[Any] = []
    for region in loop.regions:
        block = region.blocks[0]
        constants: dict[Any, Any] = {}
        for op in list(block.operations):
            for place, value in enumerate(list(op.operands)):
                if _inside(value, loop):
                    continue
                owner = value.owner
                if not isinstance(owner, ir.Block) and owner.name in ("arith.constant", "tfl.no_value"):
                    if value not in constants:
                        with ir.InsertionPoint.at_block_begin(block):
                            constants[value] = owner.clone().results[0]
                    op.operands[place] = constants[value]
                elif value not in captured:
                    captured.append(value)
    kinds = [value.type for value in (*loop.operands, *captured)]
    with ir.Location.unknown(), ir.InsertionPoint(loop):
        made = ir.Operation.create(
            _LOOP,
            results=kinds,
            operands=[*loop.operands, *captured],
            attributes={"is_stateless": ir.BoolAttr.get(False)},
            regions=2,
        )
    for part, old, new in zip(("cond", "body"), loop.regions, made.regions, strict=True):
        name = f"loop{count}_{part}"
        results = _function(ir, module, name, old.blocks[0], kinds, captured, part == "body")
        with ir.Location.unknown():
            block = new.blocks.append(*kinds)
            with ir.InsertionPoint(block):
                call = ir.Operation.create(
                    "func.call",
                    results=results,
                    operands=list(block.arguments),
                    attributes={"callee": ir.FlatSymbolRefAttr.get(name)},
                )
                ir.Operation.create("tfl.yield", operands=list(call.results))
    for old, new in zip(loop.results, made.results, strict=False):
        old.replace_all_uses_with(new)
    loop.erase()


def _inside(value: Any, loop: Any) -> bool:
    """Whether a value is made within a loop."""
    owner = value.owner
    op = owner.owner if hasattr(owner, "arguments") else owner.parent
    while op is not None:
        if op.operation == loop:
            return True
        op = op.operation.parent
    return False


def _function(
    ir: Any, module: Any, name: str, old: Any, kinds: list[Any], captured: list[Any], carries: bool
) -> list[Any]:
    """Makes the function of a block of a loop; the types of its results."""
    returned = list(old.operations)[-1]
    results = [value.type for value in returned.operands]
    if carries:
        results += [value.type for value in captured]
    with ir.Location.unknown(), ir.InsertionPoint(module.body):
        function = ir.Operation.create(
            "func.func",
            attributes={
                "sym_name": ir.StringAttr.get(name),
                "function_type": ir.TypeAttr.get(ir.FunctionType.get(kinds, results)),
                "sym_visibility": ir.StringAttr.get("private"),
            },
            regions=1,
        )
        block = function.regions[0].blocks.append(*kinds)
        arguments = list(block.arguments)
        for old_argument, argument in zip(old.arguments, arguments, strict=False):
            old_argument.replace_all_uses_with(argument)
        outside = dict(zip(captured, arguments[len(old.arguments) :], strict=True))
        operations = list(old.operations)
        for op in operations[:-1]:
            op.operation.detach_from_parent()
            block.append(op)
        values = [outside.get(value, value) for value in returned.operands]
        for op in block.operations:
            for place, value in enumerate(list(op.operands)):
                if value in outside:
                    op.operands[place] = outside[value]
        if carries:
            values += arguments[len(old.arguments) :]
        with ir.InsertionPoint(block):
            ir.Operation.create("func.return", operands=values)
    return results
