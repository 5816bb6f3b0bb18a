"""One HTTP exchange that ends: bounded in bytes, in how far they unpack, and in time.

`requests` bounds only the pause between two bytes, follows redirects in order to read their
bodies, and unpacks whatever comes. Here every byte of an answer, its headers included, passes
one place that counts, looks at the clock, and hears when the run is asked to stop.
"""

from suitecrm_bridge.wire.ends import CutOff, Garbled, Interrupted, TooLarge, TooPacked, TooSlow
from suitecrm_bridge.wire.exchange import MOST_RATIO, SMALL, Reply, exchange, session
from suitecrm_bridge.wire.watch import MOST_BYTES, STOP_SECONDS, TIMES_TIMEOUT, Limits

__all__ = [
    "MOST_BYTES",
    "MOST_RATIO",
    "SMALL",
    "STOP_SECONDS",
    "TIMES_TIMEOUT",
    "CutOff",
    "Garbled",
    "Interrupted",
    "Limits",
    "Reply",
    "TooLarge",
    "TooPacked",
    "TooSlow",
    "exchange",
    "session",
]
