"""Cases of tf.function: concrete functions that are called in all ways, their counts and names."""

import pathlib
import runpy

wrapped = runpy.run_path(str(pathlib.Path(__file__).with_name("_wrap.py")))["wrapped"]

PRELUDE = """\
c, V, F, S = tf.constant, tf.Variable, tf.function, tf.TensorSpec
f32, i32 = tf.float32, tf.int32
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
"""

_CODE = {
    "arguments_of_one_name": """
@F
def f(x, **kwargs):
    a, b, c = x
    return a + b * 10. + c * 100. + kwargs["d"] * 1000.
one = S(None, f32)
concrete = f.get_concrete_function((one, one, one), d=one)
[
    concrete(x=c(1.), x_1=c(2.), x_2=c(3.), d=c(4.)), concrete(c(1.), c(2.), c(3.), c(4.)), concrete((c(1.), c(2.), c(3.)), d=c(4.)), err(lambda: concrete(c(1.), c(2.))),
]""",
    "what_was_given_in_structures": """
@F
def f(x, y):
    return x["a"] + x["b"], y[0] + y[1]
a, b = {"a": 3000, "b": 200, "c": 9000}, (c(30), 4)
concretes = [f.get_concrete_function(a, b), f.get_concrete_function(a, y=b), f.get_concrete_function(x=a, y=b)]
[[call(g) for g in concretes for call in (lambda g: g(a, b), lambda g: g(a, y=b), lambda g: g(x=a, y=b))], err(lambda: concretes[0]({"a": 1, "b": 200, "c": 9000}, b))]""",
    "other_sizes_eagerly": """
@F
def f(x):
    return x + 1.
concrete = f.get_concrete_function(c([1.]))
@F
def within():
    return concrete(c([1., 2.]))
[concrete(c([1., 2.])), concrete(c([1.])), err(within), f.experimental_get_tracing_count()]""",
    "counts_of_texts": """
@F
def double(a):
    return a + a
class M:
    @F
    def double(self, a):
        return a + a
one, two = M(), M()
[double(c(1)), double(c(2)), double.experimental_get_tracing_count(), double(c("a")), double.experimental_get_tracing_count(), double(c("b")), double.experimental_get_tracing_count(),
 one.double(c(1)), one.double(c(1.1)), two.double(c("a")), one.double.experimental_get_tracing_count(), two.double.experimental_get_tracing_count()]""",
    "signatures_that_do_not_fit": """
@F(input_signature=[S([2], f32)])
def f(x):
    return x * 2.
[err(lambda: f.get_concrete_function(S([3], f32))), err(lambda: f.get_concrete_function(S([2], i32))), f.get_concrete_function(S([2], f32))(tf.ones(2)), f.get_concrete_function()(tf.ones(2)),
 err(lambda: f(tf.ones(2), tf.ones(2))), err(lambda: f())]""",
    "names_of_symbols_in_errors": """
def last(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, [line.strip() for line in str(e).splitlines() if line.strip()][-1]
@F
def main_only(x):
    d = {"a": x}
    if x > 0:
        d["b"] = x
    return d
@F
def other_kind(x):
    d = {"a": x}
    while x > 0:
        d["a"] = tf.cast(x, f32)
        x -= 1
    return d
@F
def text_or_number(x):
    if x > 0:
        y = 1
    else:
        y = "a"
    return y
@F
def becomes_text(x):
    y = 1
    while x > 0:
        y = "s"
        x -= 1
    return y
@F
def negated(x):
    return not x
[last(main_only, c(1)), last(other_kind, c(1)), last(text_or_number, c(1)), last(becomes_text, c(2)), last(negated, c(1))]""",
    "the_users_own_line": """
import traceback
def deeper(x):
    y = x + 1
    return tf.matmul(y, y)
@F
def f(x):
    if tf.reduce_sum(x) > 0:
        z = deeper(x)
    else:
        z = x
    return z
@F
def g(x):
    return {}["missing"]
class Own(Exception):
    pass
@F
def h(x):
    raise Own("own text")
def lines(f, *args):
    try:
        return f(*args)
    except Exception as e:
        text = [line.strip() for line in str(e).splitlines() if line.strip()]
        return type(e).__name__, text[0], [line for line in text if line.startswith(("y =", "z =", "return tf", "return {}", "raise"))]
[lines(f, tf.ones([2, 3])), lines(g, c(1)), lines(h, c(1))]""",
    "function_def": """
@F
def f(x, y):
    return {"b": (x ** 2, y), "a": x + 1}
def told(made):
    text = str(made.signature)
    return [text[text.index("input_arg"):], made.signature.name[:14], sorted(dict(made.ret).items()),
            len(made.signature.output_arg), sorted(node.op for node in made.node_def)]
told(f.get_concrete_function(c(2.0), S([None], tf.int64)).function_def)""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
