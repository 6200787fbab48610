"""The process that reads a file apart: bytes come in, JSON goes out. `read_apart` starts it."""

from __future__ import annotations

import json
import os
import resource
import sys

_MEMORY = 900_000_000
_PROCESSOR_SECONDS = 60


def main() -> int:
    """Bound this process, then read."""
    for bound, most in (
        (resource.RLIMIT_DATA, _MEMORY),
        (resource.RLIMIT_CPU, _PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(bound, (most, most))
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from proviso.rules.reading import UnreadableError, read
    from proviso.rules.reading._apart import READ, REFUSED

    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        answer, status = read(sys.stdin.buffer.read(), name).as_mapping(), READ
    except UnreadableError as error:
        answer, status = {"code": error.code, "details": error.details}, REFUSED
    except (MemoryError, RecursionError):
        answer, status = {"code": "too-much-memory", "details": {}}, REFUSED
    sys.stdout.write(json.dumps(answer))
    return status


if __name__ == "__main__":
    sys.exit(main())
