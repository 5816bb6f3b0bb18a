"""Tell people outside that the state of the syncs changed: by webhook, by mail."""

from suitecrm_bridge.notify.mail import send_mail
from suitecrm_bridge.notify.notice import Notice, State
from suitecrm_bridge.notify.webhook import post

__all__ = ["Notice", "State", "post", "send_mail"]
