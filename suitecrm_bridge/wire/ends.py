"""Why an answer was cut off."""

from __future__ import annotations


class CutOff(Exception):
    """An answer was cut off; the message is for developers."""


class TooLarge(CutOff):
    """It is larger than an answer may be."""


class TooPacked(CutOff):
    """It unpacks further than an answer of its size may."""


class TooSlow(CutOff):
    """It was not complete in time."""


class Interrupted(CutOff):
    """The run was asked to stop."""


class Garbled(CutOff):
    """It broke off, or is packed in a way that was not asked for."""
