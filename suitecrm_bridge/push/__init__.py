"""Write-back: wanted − mirrored = plan; `apply` is the only writer to the CRM."""

from suitecrm_bridge.push.apply import apply, apply_fast, create
from suitecrm_bridge.push.calls import CALLS, call, call_id, with_contact
from suitecrm_bridge.push.lists import Difference, Wanted, change_members, make_list
from suitecrm_bridge.push.outcome import Outcome
from suitecrm_bridge.push.plan import Change, plan
from suitecrm_bridge.push.tasks import TASKS, task, task_id

__all__ = [
    "CALLS",
    "TASKS",
    "Change",
    "Difference",
    "Outcome",
    "Wanted",
    "apply",
    "apply_fast",
    "call",
    "call_id",
    "change_members",
    "create",
    "make_list",
    "plan",
    "task",
    "task_id",
    "with_contact",
]
