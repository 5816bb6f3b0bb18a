from tests.flows.conftest import at_home, bases, empty, filled, scored, synced

__all__ = ["at_home", "bases", "empty", "filled", "scored", "synced"]
