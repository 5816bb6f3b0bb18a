"""Write-back: wanted − mirrored = plan; `apply` is the only writer to the CRM."""

from suitecrm_bridge.push.apply import Outcome, apply
from suitecrm_bridge.push.plan import Change, plan

__all__ = ["Change", "Outcome", "apply", "plan"]
