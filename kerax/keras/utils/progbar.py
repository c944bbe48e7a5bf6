"""``keras.utils.Progbar``: a line that shows how far something has come."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from kerax.core import config
from kerax.keras.utils.io_utils import print_msg


class Progbar:
    """Displays a progress bar.

    Args:
      target: int, the number of steps, or None if unknown.
      width: int, characters of the bar.
      verbose: 0 silent, 1 a bar that is redrawn, 2 one line at the end.
      interval: float, the least seconds between two drawings.
      stateful_metrics: names of values that are shown as given; others are averaged over steps.
      stateless_metrics: instead, names of values that are averaged; others are shown as given.
      unit_name: str, "step" or "sample".

    >>> bar = Progbar(2, verbose=0)
    >>> bar.update(1, [("loss", 0.5)])
    """

    def __init__(
        self,
        target: int | None,
        width: int | None = None,
        verbose: int = 1,
        interval: float = 0.05,
        stateful_metrics: Iterable[str] | None = None,
        stateless_metrics: Iterable[str] | None = None,
        unit_name: str = "step",
    ) -> None:
        if stateful_metrics is not None and stateless_metrics is not None:
            raise ValueError(
                "Only one of `stateful_metrics` or `stateless_metrics` can be provided. `stateful_metrics` is used to "
                "make metrics stateless by default (with an exclusion list), while `stateless_metrics` is used to "
                "make metrics stateful by default (with an exclusion list)."
            )
        self._legacy = config.legacy_keras()
        self.target = target
        self.width = width if width is not None else (30 if self._legacy else 20)
        self.verbose = verbose
        self.interval = interval
        self.unit_name = unit_name
        self.stateless_metrics = None if stateless_metrics is None else set(stateless_metrics)
        self.stateful_metrics = set(stateful_metrics or ()) if stateless_metrics is None else None
        self._dynamic_display = (
            (hasattr(sys.stdout, "isatty") and sys.stdout.isatty())
            or "ipykernel" in sys.modules
            or "posix" in sys.modules
            or "PYCHARM_HOSTED" in os.environ
        )
        self._seen_so_far = 0
        self._values: dict[str, list[Any]] = {}  # sum and count, in the order of first mention
        self._start = time.time()
        self._last_update = 0.0
        self._time_after_first_step: float | None = None
        self._prev_total_width = 0

    def is_due(self) -> bool:
        """Whether the next update, unless the last, would draw: values need not be fetched before."""
        averaged = self.stateful_metrics is not None or bool(self.stateless_metrics)
        return averaged or time.time() - self._last_update >= self.interval

    def update(
        self, current: int, values: Sequence[tuple[str, Any]] | None = None, finalize: bool | None = None
    ) -> None:
        """Draws the bar, if the last drawing is long enough ago.

        Args:
          current: int, steps done so far.
          values: list of (name, value) to show.
          finalize: bool, whether this is the last update; by default when the target is reached.
        """
        if finalize is None:
            finalize = self.target is not None and current >= self.target
        for name, value in values or ():
            self._take(name, value, current, finalize)
        self._seen_so_far = current
        now = time.time()
        per_unit = self._estimate_step_duration(current, now)
        if self.verbose == 1:
            if now - self._last_update < self.interval and not finalize:
                return
            self._draw(current, now, per_unit, finalize)
        elif self.verbose == 2 and finalize and self.target:
            self._print_line(current, now, per_unit)
        self._last_update = now

    def add(self, n: int, values: Sequence[tuple[str, Any]] | None = None) -> None:
        """Draws the bar ``n`` steps further."""
        self.update(self._seen_so_far + n, values)

    def _take(self, name: str, value: Any, current: int, finalize: bool) -> None:
        if self.stateful_metrics is not None:
            averaged = name not in self.stateful_metrics
        else:
            averaged = name in self.stateless_metrics
        if not averaged or (finalize and not self._legacy):
            self._values[name] = [value, 1]
            return
        steps = max(current - self._seen_so_far, 1)
        total, count = self._values.get(name, [0, 0])
        self._values[name] = [total + value * steps, count + steps]

    # --- the texts ------------------------------------------------------------------------------------
    def _draw(self, current: int, now: float, per_unit: float, finalize: bool) -> None:
        known = self.target is not None and self.target > 0
        text, hidden = self._legacy_bar(current) if self._legacy else self._bar(current)
        if known and not finalize:
            text, hidden = self._add_time(text, hidden, _eta(per_unit * (self.target - current)), eta=True)
            text += "" if self._legacy else self._format_time(per_unit, self.unit_name)
        else:
            text, hidden = self._add_time(text, hidden, f"{now - self._start:.0f}s", eta=False)
            text += self._format_time(per_unit, self.unit_name)
        text += self._metrics(abs)
        width = len(text) - hidden
        begin = "\b" * self._prev_total_width + "\r" if self._dynamic_display else "\n"
        end = " " * max(self._prev_total_width - width, 0) + ("\n" if finalize else "")
        print_msg(begin + text + end, line_break=False)
        self._prev_total_width = width

    def _bar(self, current: int) -> tuple[str, int]:
        """The bar, and how many of its characters are invisible."""
        if not self.target:
            return f"{current:7d}/Unknown", 0
        digits = int(math.log10(self.target)) + 1
        done = int(self.width * float(current) / self.target)
        text = f"\x1b[1m{current:{digits}d}/{self.target}\x1b[0m "
        if done > 0:
            text += f"\33[32m{'━' * done}\x1b[0m"
        text += f"\33[37m{'━' * (self.width - done)}\x1b[0m"
        return text, 8 + 9 + (9 if done > 0 else 0)

    def _legacy_bar(self, current: int) -> tuple[str, int]:
        if self.target is None:
            return f"{current:7d}/Unknown", 0
        digits = int(math.log10(self.target)) + 1
        done = int(self.width * float(current) / self.target)
        filled = "=" * (done - 1) + (">" if current < self.target else "=") if done > 0 else ""
        return f"{current:{digits}d}/{self.target} [{filled}{'.' * (self.width - done)}]", 0

    def _add_time(self, text: str, hidden: int, duration: str, eta: bool) -> tuple[str, int]:
        if self._legacy:
            return f"{text} - {'ETA: ' if eta else ''}{duration}", hidden
        return f"{text} \x1b[1m{duration}\x1b[0m", hidden + 8

    def _metrics(self, size: Any) -> str:
        parts = []
        for name, (total, count) in self._values.items():
            value = float(np.mean(total)) / max(1, count)
            parts.append(f" - {name}: " + (f"{value:.4f}" if size(value) > 1e-3 else f"{value:.4e}"))
        return "".join(parts)

    def _print_line(self, current: int, now: float, per_unit: float) -> None:
        digits = int(math.log10(self.target)) + 1
        seconds = now - self._start
        metrics = self._metrics(float)
        if self._legacy:
            times = (
                f" -{self._format_time(seconds, 'epoch')} -{self._format_time(seconds / self.target, self.unit_name)}"
            )
            text = f"{current:{digits}d}/{self.target} - {seconds:.0f}s{metrics}{times}\n"
        else:
            time_text = self._format_time(per_unit, self.unit_name)
            text = f"{current:{digits}d}/{self.target} - {seconds:.0f}s -{time_text}{metrics}\n"
        print_msg(text, line_break=False)

    def _format_time(self, time_per_unit: float, unit_name: str) -> str:
        if time_per_unit >= 1 or time_per_unit == 0:
            return f" {time_per_unit:.0f}s/{unit_name}"
        if time_per_unit >= 1e-3:
            return f" {time_per_unit * 1000.0:.0f}ms/{unit_name}"
        return f" {time_per_unit * 1000000.0:.0f}us/{unit_name}"

    def _estimate_step_duration(self, current: int, now: float) -> float:
        """Seconds of a step, the first one left out where it can be."""
        if not current:
            return 0
        if self._time_after_first_step is not None and current > 1:
            duration = (now - self._time_after_first_step) / (current - 1)
        else:
            duration = (now - self._start) / current
        if current == 1:
            self._time_after_first_step = now
        return duration


def _eta(seconds: float) -> str:
    whole = int(seconds)
    if seconds > 3600:
        return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
    if seconds > 60:
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole}s"
