"""A demo base of any size, always the same for the same seed."""

from suitecrm_bridge.sandbox.demo.base import generate
from suitecrm_bridge.sandbox.demo.batch import Batch

__all__ = ["Batch", "generate"]
