"""Makes each element of a case's list an answer of its own: its value, or the name of its error."""

import ast


def wrapped(code: str) -> str:
    tree = ast.parse(code)
    last = tree.body[-1]
    if not (isinstance(last, ast.Expr) and isinstance(last.value, ast.List)):
        return code
    texts = [ast.unparse(item) for item in last.value.elts]
    head = "\n".join(code.splitlines()[: last.lineno - 1])
    lines = [text if text.startswith("err(") else f"err(lambda: {text})" for text in texts]
    return head + "\n[\n" + "".join(f"    {line},\n" for line in lines) + "]"
