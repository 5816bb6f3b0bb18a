"""The mirror: a DuckDB file that holds what was read, what was scored and what was written."""

from suitecrm_bridge.mirror.believing import Loss, Unreadable
from suitecrm_bridge.mirror.cards import Card
from suitecrm_bridge.mirror.complaint_tasks import WantedTask
from suitecrm_bridge.mirror.dead_letters import DeadLetter, DeadLetters, as_json
from suitecrm_bridge.mirror.facts import Amounts, Counting
from suitecrm_bridge.mirror.failures import store_errors
from suitecrm_bridge.mirror.links import Links
from suitecrm_bridge.mirror.lock import MIRROR_FILE
from suitecrm_bridge.mirror.own_fields import address_columns, own_columns
from suitecrm_bridge.mirror.reconciliation import Absent, Missed
from suitecrm_bridge.mirror.records import Bookmark, Records, Scan, Stored
from suitecrm_bridge.mirror.runs import Result, Run, Runs
from suitecrm_bridge.mirror.scores import SCORED_MODULES, Scored
from suitecrm_bridge.mirror.snapshots import Snapshot
from suitecrm_bridge.mirror.sources import Refusal, Sources
from suitecrm_bridge.mirror.staging import Refused
from suitecrm_bridge.mirror.store import Mirror
from suitecrm_bridge.mirror.writeback import AnsweredWrite

__all__ = [
    "MIRROR_FILE",
    "SCORED_MODULES",
    "Absent",
    "Amounts",
    "AnsweredWrite",
    "Bookmark",
    "Card",
    "Counting",
    "DeadLetter",
    "DeadLetters",
    "Links",
    "Loss",
    "Mirror",
    "Missed",
    "Records",
    "Refusal",
    "Refused",
    "Result",
    "Run",
    "Runs",
    "Scan",
    "Scored",
    "Snapshot",
    "Sources",
    "Stored",
    "Unreadable",
    "WantedTask",
    "address_columns",
    "as_json",
    "own_columns",
    "store_errors",
]
