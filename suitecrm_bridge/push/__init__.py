"""Write-back: wanted − mirrored = plan; `apply` is the only writer to the CRM."""

from suitecrm_bridge.push.apply import Outcome, apply, apply_fast
from suitecrm_bridge.push.plan import Change, plan

__all__ = ["Change", "Outcome", "apply", "apply_fast", "plan"]
