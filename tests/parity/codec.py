"""Parity cases and answers: loading, running, encoding as JSON, comparing.

Shared by the recorder (which runs on TensorFlow) and by the tests (which run on kerax), so it imports
neither: values are recognised by what they can do, not by their class.
"""

from __future__ import annotations

import ast
import gc
import hashlib
import json
import linecache
import math
import os
import pathlib
import runpy
import shutil
import sys
import tempfile
import types
from typing import Any

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE / "cases"
ANSWERS = HERE / "answers"

#: dtype of the recorded answer -> (relative, absolute) tolerance; every dtype not named here is compared
#: exactly
TOLERANCE = {
    "float32": (1e-4, 2e-5),
    "complex64": (1e-4, 2e-5),
    "float64": (1e-6, 1e-8),
    "complex128": (1e-6, 1e-8),
    "float16": (1e-2, 1e-3),
    "bfloat16": (4e-2, 1e-2),
    "float8_e5m2": (0.25, 0.1),
    "float8_e4m3fn": (0.25, 0.1),
}
#: more values than this are recorded as an even sample with the mean and the largest magnitude of all
SAMPLE_ABOVE = 1024


# ---- files ------------------------------------------------------------------------------------------------


def families() -> list[str]:
    return sorted(p.stem for p in CASES.glob("*.py") if not p.stem.startswith("_"))


def load_cases(family: str) -> dict[str, str]:
    """The cases of one family: name -> python code."""
    return runpy.run_path(str(CASES / f"{family}.py"))["CASES"]


def load_answers(family: str) -> dict[str, Any]:
    """The recorded answers of one family: name -> {"code": digest, "answer": …} or {…, "raises": name}."""
    path = ANSWERS / f"{family}.json"
    return json.loads(path.read_text(encoding="utf8")) if path.exists() else {}


def save_answers(family: str, answers: dict[str, Any]) -> None:
    """Write the answers with one case a line, so that a change of one is a change of one line."""
    rows = [f"{json.dumps(name)}: {json.dumps(answers[name], sort_keys=True)}" for name in sorted(answers)]
    ANSWERS.mkdir(exist_ok=True)
    path = ANSWERS / f"{family}.json"
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf8")
    partial.replace(path)


def digest(code: str) -> str:
    return hashlib.sha1(code.encode()).hexdigest()[:10]


# ---- running ----------------------------------------------------------------------------------------------


def _with_answer(code: str, filename: str) -> Any:
    """Compile a case so that its last expression is assigned to `__answer__`."""
    tree = ast.parse(code, filename)
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        raise SyntaxError(f"{filename}: the last statement of a case must be an expression")
    target = ast.copy_location(ast.Name("__answer__", ast.Store()), last)
    tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
    return compile(ast.fix_missing_locations(tree), filename, "exec")


def run_case(family: str, name: str, code: str, tf: Any, reraise: bool = False) -> dict[str, Any]:
    """Run one case with `tf`: {"answer": …} or {"raises": name, "bases": […], "message": …}.

    The code is a real file in a folder of its own, because AutoGraph reads sources; `tmp` is a fresh folder
    and the current one. Keras' automatic names start afresh and there is no global seed, so that answers do not
    depend on the cases that ran before.
    """
    home = os.getcwd()
    base = tempfile.mkdtemp(prefix="parity_")
    tmp = os.path.join(base, "tmp")
    os.mkdir(tmp)
    module = types.ModuleType("parity_case_" + "".join(c if c.isalnum() else "_" for c in f"{family}_{name}"))
    source = os.path.join(base, module.__name__ + ".py")
    pathlib.Path(source).write_text(code, encoding="utf8")
    module.__file__ = source
    keras = getattr(tf, "keras", None)
    module.__dict__.update(tf=tf, np=np, keras=keras, tmp=tmp)
    sys.modules[module.__name__] = module
    clear = getattr(getattr(keras, "backend", None), "clear_session", None)
    if clear is not None:
        gc.freeze()  # clear_session collects garbage, of this case alone: what is older stays out of its way
        clear()
    tf.random.set_seed(None)
    os.chdir(tmp)
    try:
        exec(_with_answer(code, source), module.__dict__)
        return {"answer": encode(module.__dict__["__answer__"])}
    except Exception as error:
        if reraise:
            raise
        bases = [c.__name__ for c in type(error).__mro__]
        return {"raises": type(error).__name__, "bases": bases, "message": " ".join(str(error).split())[:300]}
    finally:
        os.chdir(home)
        sys.modules.pop(module.__name__, None)
        linecache.cache.pop(source, None)
        shutil.rmtree(base, ignore_errors=True)


# ---- encoding ---------------------------------------------------------------------------------------------


def _dtype_name(dtype: Any) -> str:
    name = getattr(dtype, "name", None)
    if not isinstance(name, str):
        name = getattr(dtype, "__name__", None) or str(dtype)
    return "string" if name in ("object", "str") or name.startswith("str") else name


def _text(value: Any) -> str:
    return value.decode("latin1") if isinstance(value, bytes) else value.encode("utf8").decode("latin1")


def _number(value: Any, digits: int | None) -> Any:
    return float(f"{value:.{digits}g}") if digits and isinstance(value, float) and math.isfinite(value) else value


def _array(value: np.ndarray, dtype: str | None = None) -> Any:
    if value.dtype.kind in "OSU":
        flat = value.ravel().tolist()
        if not all(isinstance(x, (bytes, str)) for x in flat):
            return {"objects": [encode(x) for x in flat], "shape": list(value.shape)}
        return {"dtype": "string", "shape": list(value.shape), "values": [_text(x) for x in flat]}
    name = dtype or _dtype_name(value.dtype)
    answer: dict[str, Any] = {"dtype": name, "shape": list(value.shape)}
    flat = value.ravel()
    if value.dtype.kind not in "biufc":
        flat = flat.astype(np.float32)
    if flat.size > SAMPLE_ABOVE:
        size = np.abs(flat.astype(np.complex128 if flat.dtype.kind == "c" else np.float64))
        answer["mean_max"] = [_number(float(size.mean()), 9), _number(float(size.max()), 9)]
        flat = flat[:: flat.size // 256]
    if flat.dtype.kind == "c":
        flat = np.stack([flat.real, flat.imag], -1).ravel()
    digits = {4: 9, 2: 5}.get(flat.dtype.itemsize) if flat.dtype.kind == "f" else None
    answer["values"] = [_number(x, digits) for x in flat.tolist()]
    return answer


def _dims(shape: Any) -> Any:
    if type(shape).__name__ == "TensorShape":
        return None if shape.rank is None else list(shape.as_list())
    return None if shape is None else [None if d is None else int(d) for d in shape]


def _plain(value: Any) -> tuple[bool, Any]:
    """Values that are not TensorFlow's: (recognised, encoding)."""
    if value is None or type(value) in (bool, int, float, str):
        return True, value
    if isinstance(value, (np.ndarray, np.generic)):
        return True, _array(np.asarray(value))
    if isinstance(value, np.dtype):
        return True, {"dtype": _dtype_name(value)}
    if isinstance(value, (bytes, bytearray)):
        return True, {"bytes": bytes(value).decode("latin1")}
    if isinstance(value, complex):
        return True, {"complex": [value.real, value.imag]}
    for kind in (str, int, float):
        if isinstance(value, kind):
            return True, kind(value)
    if isinstance(value, type):
        return True, {"class": value.__name__}
    if isinstance(value, (set, frozenset)):
        return True, {"set": sorted((encode(v) for v in value), key=repr)}
    return False, None


def encode(value: Any) -> Any:
    """The value as JSON: types of tensors, shapes, ragged and sparse values and containers are kept."""
    known, encoding = _plain(value)
    if known:
        return encoding
    name = type(value).__name__
    names = [c.__name__ for c in type(value).__mro__]
    if name == "TensorShape":
        return {"TensorShape": _dims(value)}
    if "DType" in names:
        return {"dtype": _dtype_name(value)}
    if isinstance(value, dict) or name in ("_DictWrapper", "ObjectProxy") and hasattr(value, "items"):
        return {"dict": {str(k): encode(v) for k, v in sorted(value.items(), key=lambda kv: str(kv[0]))}}
    if isinstance(value, (list, tuple, range)) or name in (
        "dict_keys",
        "dict_values",
        "ListWrapper",
        "_TupleWrapper",
    ):
        return [encode(v) for v in value]
    if "TypeSpec" in names or name.endswith("Spec"):
        return {"spec": name, "text": str(value)}
    if hasattr(value, "row_splits") and hasattr(value, "to_list"):
        return {
            "ragged": _dtype_name(value.dtype),
            "shape": _dims(value.shape),
            "rows": encode(value.to_list()),
        }
    if hasattr(value, "indices") and hasattr(value, "values") and hasattr(value, "dense_shape"):
        parts = (value.values, value.indices, value.dense_shape)
        return {
            "sparse": "slices" if "IndexedSlices" in names else "tensor",
            "parts": [encode(p) for p in parts],
        }
    if hasattr(value, "as_numpy_iterator") and hasattr(value, "element_spec"):
        return {"dataset": [encode(v) for _, v in zip(range(200), value, strict=False)]}
    if "KerasTensor" in names:
        return {"symbolic": _dims(value.shape), "dtype": _dtype_name(value.dtype)}
    if hasattr(value, "numpy") and hasattr(value, "dtype") and hasattr(value, "shape"):
        array = np.asarray(value.numpy())
        return _array(array, None if array.dtype.kind in "OSU" else _dtype_name(value.dtype))
    if hasattr(value, "__array__") and hasattr(value, "dtype"):
        return _array(np.asarray(value))
    if callable(value) and hasattr(value, "__name__"):
        return {"function": value.__name__}
    return {"object": name}


# ---- comparing --------------------------------------------------------------------------------------------


def _close(want: float, got: float, rtol: float, atol: float) -> bool:
    if want == got or (want != want and got != got):
        return True
    if not (math.isfinite(want) and math.isfinite(got)):
        return False
    return abs(want - got) <= atol + rtol * abs(want)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 160 else text[:157] + "..."


def _compare_array(want: dict, got: dict, where: str) -> str | None:
    for key in ("dtype", "shape"):
        if want[key] != got.get(key):
            return f"{where}: {key} {got.get(key)} instead of {want[key]}"
    if len(want["values"]) != len(got.get("values", ())):
        return f"{where}: {_short(got)} instead of {_short(want)}"
    rtol, atol = TOLERANCE.get(want["dtype"], (0.0, 0.0))
    pairs = list(zip(want["values"], got["values"], strict=True))
    if want["dtype"] in TOLERANCE:
        wrong = [i for i, (a, b) in enumerate(pairs) if not _close(a, b, rtol, atol)]
        means = zip(want.get("mean_max", ()), got.get("mean_max", ()), strict=True)
        if not wrong and not all(_close(a, b, 10 * rtol, 10 * atol) for a, b in means):
            return f"{where}: mean and maximum {got['mean_max']} instead of {want['mean_max']}"
    else:
        wrong = [i for i, (a, b) in enumerate(pairs) if a != b]
    if wrong:
        i = wrong[0]
        found = f"{len(wrong)} of {len(pairs)} values differ, value {i} is {got['values'][i]!r}"
        return f"{where}: {found} instead of {want['values'][i]!r}"
    return None


def compare(want: Any, got: Any, where: str = "answer") -> str | None:
    """None where the encoded value `got` agrees with the recorded `want`, else what differs, in one line."""
    differs = f"{where}: {_short(got)} instead of {_short(want)}"
    if isinstance(want, float) and isinstance(got, float):
        return None if _close(want, got, *TOLERANCE["float32"]) else differs
    if isinstance(want, list) and isinstance(got, list):
        if len(want) != len(got):
            return f"{where}: length {len(got)} instead of {len(want)}: {_short(got)} instead of {_short(want)}"
        found = (compare(a, b, f"{where}[{i}]") for i, (a, b) in enumerate(zip(want, got, strict=True)))
        return next((reason for reason in found if reason), None)
    if isinstance(want, dict) and isinstance(got, dict):
        if set(want) != set(got):
            return differs
        if {"dtype", "values"} <= set(want):
            return _compare_array(want, got, where)
        found = (compare(want[k], got[k], f"{where}[{k!r}]") for k in want)
        return next((reason for reason in found if reason), None)
    return None if type(want) is type(got) and want == got else differs


def judge(recorded: dict[str, Any], outcome: dict[str, Any]) -> str | None:
    """None where the outcome of a case agrees with its recorded one, else what differs."""
    if "raises" in recorded:
        if "raises" not in outcome:
            return f"no exception instead of {recorded['raises']}: {_short(outcome['answer'])}"
        if recorded["raises"] not in outcome["bases"]:
            return f"raised {outcome['raises']} instead of {recorded['raises']}: {outcome['message']}"
        return None
    if "raises" in outcome:
        return f"raised {outcome['raises']}: {outcome['message']}"
    return compare(recorded["answer"], outcome["answer"])
