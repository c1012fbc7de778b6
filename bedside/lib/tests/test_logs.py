"""A database quotes the row it refuses; the log does not."""

import logging
import sys

from bedside.lib.logs import WithoutRows

SAID = (
    'duplicate key value violates unique constraint "mention_once"\n'
    "DETAIL:  Failing row contains (7, Nobody was kind to me).\n"
    'CONTEXT:  SQL statement "INSERT"'
)


def test_a_quoted_row_is_left_out_of_the_log() -> None:
    try:
        raise RuntimeError(SAID)
    except RuntimeError:
        record = logging.LogRecord("bedside", logging.ERROR, __file__, 1, "row %s broke", (7,), sys.exc_info())
    line = WithoutRows().format(record)
    assert "row 7 broke" in line and "mention_once" in line
    assert "kind" not in line and "INSERT" not in line
