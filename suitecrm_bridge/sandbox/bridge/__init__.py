"""The fast routes that the bridge's package adds to SuiteCRM, as the sandbox serves them."""

from suitecrm_bridge.sandbox.bridge.access import Rights
from suitecrm_bridge.sandbox.bridge.cards import Cards
from suitecrm_bridge.sandbox.bridge.programmes import Programmes
from suitecrm_bridge.sandbox.bridge.routes import Bridge
from suitecrm_bridge.sandbox.bridge.runs import Run
from suitecrm_bridge.sandbox.bridge.scores import Scores

__all__ = ["Bridge", "Cards", "Programmes", "Rights", "Run", "Scores"]
