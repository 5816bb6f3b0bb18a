"""The plan of tasks: what to create, under ids that stay the same however often it is tried."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from suitecrm_bridge.catalogue import storable
from suitecrm_bridge.harmless import harmless, in_line
from suitecrm_bridge.push.plan import Change

TASKS = "Tasks"

_OF_THE_BRIDGE = UUID("6f1d4bd2-52a7-5b0e-9a55-1c0b5b3a7f0e")


def task_id(key: str) -> str:
    """Return the id of the task with this key: SuiteCRM refuses a second one, even once deleted."""
    return str(uuid5(_OF_THE_BRIDGE, key))


def task(key: str, attributes: Mapping[str, Any], due: datetime) -> Change:
    """Return the task to create; nothing of it is mirrored yet.

    Args:
        key: what the task is for; see `task_id`.
        attributes: name, description, priority, parent_type, parent_id, and, where known,
            contact_id and assigned_user_id.
        due: when it is to be done.
    """
    told = {n: harmless(storable(v)) if isinstance(v, str) else v for n, v in attributes.items()}
    wanted = {**told, "name": in_line(told["name"]), "status": "Not Started", "date_due": due}
    return Change(TASKS, task_id(key), wanted, dict.fromkeys(wanted))
