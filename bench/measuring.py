"""Time and memory: medians of five, by the CPU time of the process, on one core where the machine allows it."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

REPEATS = 5


def pin() -> None:
    """Stay on one core, so that other work on the machine moves the figures less."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def cpu_seconds(
    run: Callable[[], object], before: Callable[[], object] = lambda: None, repeats: int = REPEATS
) -> float:
    """Return the median CPU time of `run`; `before` is not measured."""
    taken: list[float] = []
    for _ in range(repeats):
        before()
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def command(arguments: Sequence[str]) -> tuple[float, float] | None:
    """Return the median CPU and wall seconds of a whole process; None when it does not answer."""
    program = Path(sys.executable).with_name("proviso")
    spent: list[float] = []
    waited: list[float] = []
    for _ in range(REPEATS):
        used, start = _children(), time.perf_counter()
        done = subprocess.run([str(program), *arguments], capture_output=True, check=False)  # noqa: S603  # programs of our own
        if done.returncode:
            return None
        spent.append(_children() - used)
        waited.append(time.perf_counter() - start)
    return statistics.median(spent), statistics.median(waited)


def fresh(program: str) -> list[float]:
    """Run a few lines in a new interpreter and return the numbers that they print."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # programs of our own
    return [float(number) for number in done.stdout.split()]


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
