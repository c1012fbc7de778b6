"""`python -m bedside` is the command `bedside`."""

import sys

from bedside.cli import main

sys.exit(main())
