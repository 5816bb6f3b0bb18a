"""A demo base of any size, always the same for the same seed."""

from suitecrm_bridge.sandbox.demo.batch import Batch
from suitecrm_bridge.sandbox.demo.generate import generate

__all__ = ["Batch", "generate"]
