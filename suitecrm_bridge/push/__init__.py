"""Write-back: wanted − mirrored = plan; `apply` is the only writer to the CRM."""

from suitecrm_bridge.push.apply import apply, apply_fast, create
from suitecrm_bridge.push.outcome import Outcome
from suitecrm_bridge.push.plan import Change, plan
from suitecrm_bridge.push.tasks import TASKS, task, task_id

__all__ = ["TASKS", "Change", "Outcome", "apply", "apply_fast", "create", "plan", "task", "task_id"]
