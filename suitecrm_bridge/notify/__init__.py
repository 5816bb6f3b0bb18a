"""Tell people outside that the state of the syncs changed: by webhook, by mail."""

from suitecrm_bridge.notify.mail import greet_mail_server, send_mail
from suitecrm_bridge.notify.notice import Notice, State
from suitecrm_bridge.notify.webhook import post

__all__ = ["Notice", "State", "greet_mail_server", "post", "send_mail"]
