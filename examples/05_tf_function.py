"""tf.function compiles a python function: the same results, sooner."""

import time

import tensorflow as tf

x = tf.random.normal((256, 128), seed=1)
layers = [tf.Variable(tf.random.normal((128, 128), stddev=0.1, seed=n)) for n in range(8)]


def forward(x):
    for w in layers:
        x = tf.nn.relu(x @ w)
        x = x / (1.0 + tf.reduce_mean(x, axis=-1, keepdims=True))
    return x


compiled = tf.function(forward)


def seconds(function, times=50):
    function(x)  # the first call of a compiled function traces and compiles it
    start = time.perf_counter()
    for _ in range(times):
        result = function(x)
    result.numpy()
    return (time.perf_counter() - start) / times


print(f"eager {seconds(forward) * 1e3:.2f} ms, compiled {seconds(compiled) * 1e3:.2f} ms a call")
tf.debugging.assert_near(forward(x), compiled(x), atol=1e-4)

# Python runs while the function is traced: once for each kind of input.
traced = []


@tf.function
def double(value):
    traced.append(value.dtype)
    return value * 2


double(tf.constant(1))
double(tf.constant(2))
double(tf.constant(1.5))
print("traced for:", [d.name for d in traced])
assert len(traced) == 2


# `if` and `while` on tensors are part of the compiled program.
@tf.function
def collatz(n):
    steps = tf.constant(0)
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


print("27 reaches 1 in", collatz(tf.constant(27)).numpy(), "steps")
assert collatz(tf.constant(27)) == 111

# Variables are state: a compiled function may change them.
counter = tf.Variable(0)


@tf.function
def count():
    return counter.assign_add(1)


for _ in range(3):
    count()
print("counted", counter.numpy())
assert counter.numpy() == 3
