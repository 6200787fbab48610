"""`python -m proviso.cli`, the same as `proviso`."""

import sys

from proviso.cli import main

if __name__ == "__main__":
    sys.exit(main())
