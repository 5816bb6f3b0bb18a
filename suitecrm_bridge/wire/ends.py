"""Why an answer was cut off."""

from __future__ import annotations


class Ended(Exception):
    """An answer was cut off; the message is for developers."""


class TooLarge(Ended):
    """It is larger than an answer may be."""


class TooPacked(Ended):
    """It unpacks further than an answer of its size may."""


class TooSlow(Ended):
    """It was not complete in time."""


class Interrupted(Ended):
    """The run was asked to stop."""


class Garbled(Ended):
    """It broke off, or is packed in a way that was not asked for."""
