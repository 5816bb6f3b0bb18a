"""The mirror: a DuckDB file that holds what was read, what was scored and what was written."""

from suitecrm_bridge.mirror.records import Links, Scan, Stored
from suitecrm_bridge.mirror.store import MIRROR_FILE, Mirror
from suitecrm_bridge.mirror.writeback import DeadLetter, Written

__all__ = ["MIRROR_FILE", "DeadLetter", "Links", "Mirror", "Scan", "Stored", "Written"]
