"""Lines of the log hold ids, never what people wrote: also not when the database quotes a row in its complaint."""

from __future__ import annotations

import logging
import re

QUOTED = re.compile(r"\n(?:DETAIL|CONTEXT|LINE \d+):.*(?:\n +.*)*")  # PostgreSQL's additions, which name the values


class WithoutRows(logging.Formatter):
    """The usual line, without the part of a database's message that repeats a row."""

    def formatException(self, ei: logging._SysExcInfoType | tuple[None, None, None]) -> str:  # noqa: N802  logging's name
        return QUOTED.sub("", super().formatException(ei))
