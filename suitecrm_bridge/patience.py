"""How often what failed is tried again, and after which pause: all of it, in one place.

`BRIDGE_RETRIES` and `BRIDGE_MAX_ATTEMPTS` begin with the numbers that stand here.
"""

from __future__ import annotations

REQUESTS_AGAIN = 5
"""Times that a request to SuiteCRM is sent again after a passing fault."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before a request is sent again: doubled each time, and half of it is chance."""
LONGEST_ASKED = 300.0
"""Seconds that are waited at most where the server itself asks for a pause."""
SLOW_AGAIN, LARGE_AGAIN = 1, 0
"""Times that a request is sent again whose answer came too slowly, or was too large."""
MOST_FAILURES = 20
"""Different requests in a row, each sent again in vain, after which SuiteCRM counts as down."""

RECORDS_AGAIN = 10
"""Times that a record which cannot be read or written is tried, in one run after another."""
FIRST_HOURS, MOST_HOURS = 1, 168
"""Hours before the next run tries such a record again: doubled each time."""

WEBHOOK_PAUSES = (1, 3)
"""Seconds before a webhook is called again: a run's end must not hang on a chat server."""
FILE_PAUSES = (0.05, 0.2, 1.0)
"""Seconds to wait while a reader has a file open, which Windows does not let us replace."""


def request_pause(failures: int, chance: float) -> float:
    """Return the seconds before a request is sent again.

    Args:
        failures: how often it has failed before this time.
        chance: a number from 0 to 1, so that many who failed together do not come back together.
    """
    full = min(FIRST_PAUSE * 2.0**failures, LONGEST_PAUSE)
    return full / 2 + full / 2 * chance


def record_pause(attempts: str) -> str:
    """Return the hours before a record is tried again as SQL of the number of attempts.

    The exponent is bounded, so that no number of attempts overflows.
    """
    hours = f"least({MOST_HOURS}, {FIRST_HOURS} * pow(2, least({attempts}, 10) - 1))"
    return f"to_hours(CAST({hours} AS BIGINT))"
