"""Programmes: who they are for, what begins them, what they send and when, and their limits."""

from suitecrm_bridge.catalogue.programmes.addressing import Addressing, addressing
from suitecrm_bridge.catalogue.programmes.loading import programmes
from suitecrm_bridge.catalogue.programmes.model import (
    CHANNELS,
    DELIVERED,
    OF_USERS,
    OUTCOMES,
    Cap,
    Measure,
    Programme,
    Stop,
    Trigger,
    Wave,
)

__all__ = [
    "CHANNELS",
    "DELIVERED",
    "OF_USERS",
    "OUTCOMES",
    "Addressing",
    "Cap",
    "Measure",
    "Programme",
    "Stop",
    "Trigger",
    "Wave",
    "addressing",
    "programmes",
]
