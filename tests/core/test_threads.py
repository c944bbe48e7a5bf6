"""Two threads, each with its own tape and function, get right answers."""

from __future__ import annotations

import threading
import time

import numpy as np

import kerax as tf

ROUNDS = 30


def in_threads(*works):
    """Runs the works side by side and raises what one of them raised."""
    problems: list[BaseException] = []
    start = threading.Barrier(len(works))

    def guarded(work):
        try:
            start.wait()
            work()
        except BaseException as problem:  # it is raised again below
            problems.append(problem)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def test_tapes_of_threads_do_not_see_one_another():
    shared = tf.Variable(3.0)
    found = {}

    def work(power):
        def run():
            found[power] = []
            for _ in range(ROUNDS):
                with tf.GradientTape() as tape:
                    value = shared**power
                found[power].append(tape.gradient(value, shared).numpy())

        return run

    in_threads(work(2.0), work(3.0))
    np.testing.assert_allclose(found[2.0], [6.0] * ROUNDS)
    np.testing.assert_allclose(found[3.0], [27.0] * ROUNDS)


def test_functions_train_in_threads():
    variables = [tf.Variable([1.0, 2.0]) for _ in range(2)]

    def work(variable, rate):
        @tf.function
        def step():
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(variable**2)
            variable.assign_sub(rate * tape.gradient(loss, variable))

        def run():
            for _ in range(ROUNDS):
                step()

        return run

    in_threads(work(variables[0], 0.1), work(variables[1], 0.25))
    np.testing.assert_allclose(variables[0].numpy(), np.array([1.0, 2.0]) * 0.8**ROUNDS, rtol=1e-5)
    np.testing.assert_allclose(variables[1].numpy(), np.array([1.0, 2.0]) * 0.5**ROUNDS, rtol=1e-5)


def test_one_function_traced_by_two_threads_at_once():
    traces = []

    @tf.function
    def scaled(x):
        traces.append(threading.get_ident())
        return x * 2.0

    found = [[], []]

    def work(index):
        def run():
            for size in range(1, 6):
                found[index].append(scaled(tf.fill([size], float(index))).numpy())

        return run

    in_threads(work(0), work(1))
    assert len(traces) == 5
    for index in range(2):
        for size, got in enumerate(found[index], 1):
            np.testing.assert_array_equal(got, np.full(size, 2.0 * index, np.float32))


def test_recording_is_stopped_in_one_thread_only():
    x = tf.constant(2.0)
    stopped, recorded = threading.Event(), threading.Event()
    found = {}

    def stopping():
        with tf.GradientTape() as tape:
            tape.watch(x)
            with tape.stop_recording():
                stopped.set()
                recorded.wait(60)
                value = x * x
        found["stopping"] = tape.gradient(value, x)

    def recording():
        stopped.wait(60)
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = x * x
        recorded.set()
        found["recording"] = tape.gradient(value, x)

    in_threads(stopping, recording)
    assert found["stopping"] is None
    assert found["recording"].numpy() == 4.0


def test_one_function_assigns_variables_in_many_threads():
    values, calls = tf.Variable(tf.zeros([256])), tf.Variable(0)
    ones = tf.ones([256])

    @tf.function
    def add(x):
        values.assign_add(x)
        calls.assign_add(1)

    @tf.function
    def total(x):
        return tf.reduce_sum(values * x)

    def writing():
        for _ in range(ROUNDS):
            add(ones)
            values.assign_add(ones)

    def reading():
        for _ in range(ROUNDS):
            assert float(total(ones)) % 256 == 0
            assert float(tf.reduce_sum(values)) % 256 == 0
            assert len(set(values.numpy().tolist())) == 1

    in_threads(writing, writing, writing, reading, reading)
    assert calls.numpy() == 3 * ROUNDS
    np.testing.assert_array_equal(values, np.full(256, 6.0 * ROUNDS))


def test_a_function_of_a_dataset_that_waits_runs_on_threads():
    """The results stay in order; the numbers of elements are those at which trials and runs begin and end."""
    seen = set()

    def wait(x):
        seen.add(threading.current_thread().name)
        time.sleep(0.002)
        return x + 1

    for count in (0, 1, 2, 17, 18, 33, 34, 60):
        dataset = tf.data.Dataset.range(count)
        found = dataset.map(lambda x: tf.py_function(wait, [x], tf.int64), num_parallel_calls=4)
        assert [int(x) for x in found] == list(range(1, count + 1))
    assert len({name for name in seen if name.startswith("kerax_map")}) > 1
