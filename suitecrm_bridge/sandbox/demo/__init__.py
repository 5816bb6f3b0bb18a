"""A demo base of any size, always the same for the same seed."""

from suitecrm_bridge.sandbox.demo.base import generate, truths
from suitecrm_bridge.sandbox.demo.batch import Batch
from suitecrm_bridge.sandbox.demo.planted import Truths

__all__ = ["Batch", "Truths", "generate", "truths"]
