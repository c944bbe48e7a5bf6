"""Variables keep a value whatever ends a compiled step: Ctrl-C, an error of a printer, no memory."""

from __future__ import annotations

import random
import signal
import threading

import numpy as np
import pytest

import kerax as tf
from kerax.core import interrupts

needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="interrupts come from a timer")


@pytest.fixture
def alarm():
    """Starts a timer that presses Ctrl-C."""
    outer = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds, 1.0 if seconds else 0.0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, outer)


@needs_timer
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("eagerly", [False, True])
def test_a_model_can_be_used_after_ctrl_c(alarm, eagerly):
    x, y = np.ones((32, 256), "float32"), np.ones((32, 1), "float32")
    model = tf.keras.Sequential([tf.keras.Input((256,)), tf.keras.layers.Dense(256), tf.keras.layers.Dense(1)])
    model.compile("adam", "mse", run_eagerly=eagerly)
    model.train_on_batch(x, y)
    draw = random.Random(0)
    for _ in range(20):
        with pytest.raises(KeyboardInterrupt):
            alarm(draw.uniform(0.005, 0.05))
            while True:
                model.train_on_batch(x, y)
        alarm(0)
        for variable in [*model.variables, *model.optimizer.variables]:
            assert np.isfinite(variable.numpy()).all()
    assert np.isfinite(model.train_on_batch(x, y))


def test_a_held_ctrl_c_comes_after_the_block():
    done = []
    with pytest.raises(KeyboardInterrupt), interrupts.held():
        signal.raise_signal(signal.SIGINT)
        done.append(True)
    assert done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    thread = threading.Thread(target=lambda: interrupts.held().__enter__())
    thread.start()
    thread.join()


def test_a_printer_that_fails_costs_no_variable():
    count = tf.Variable(0.0)

    def full(text):
        raise OSError("No space left on device")

    @tf.function
    def step():
        count.assign_add(1.0)
        tf.print(count, output_stream=full)

    for _ in range(2):
        with pytest.raises(OSError, match="No space"):
            step()
    assert count.numpy() == 2.0


def test_a_step_that_no_memory_can_hold_is_not_begun():
    count = tf.Variable([0.0, 0.0])

    @tf.function
    def step(n):
        count.assign_add([1.0, 1.0])
        sums = tf.cumsum(tf.cumsum(tf.ones((n, 2000, 1000)) * count[0], axis=1), axis=2)
        count.assign_add(tf.sort(tf.reshape(sums, [-1, 1]), axis=0)[0] * tf.zeros(2))
        return sums[0, 0, 0]

    with pytest.raises(tf.errors.ResourceExhaustedError, match="step"):
        step(10_000_000)
    assert count.numpy().tolist() == [0.0, 0.0]
    step(1)
    assert count.numpy().tolist() == [1.0, 1.0]
