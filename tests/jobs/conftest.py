from tests.flows.conftest import at_home, bases, empty, fast, filled, scored, synced
from tests.notify.conftest import listener, mail_server

__all__ = [
    "at_home",
    "bases",
    "empty",
    "fast",
    "filled",
    "listener",
    "mail_server",
    "scored",
    "synced",
]
