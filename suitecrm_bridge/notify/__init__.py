"""Tell people outside how the syncs stand, and hand over what programmes deliver."""

from suitecrm_bridge.notify.letter import Attachment, Letter
from suitecrm_bridge.notify.mail import greet_mail_server, send_letter, send_mail
from suitecrm_bridge.notify.notice import Notice, State
from suitecrm_bridge.notify.signed import Receiver, Unheard
from suitecrm_bridge.notify.webhook import post

__all__ = [
    "Attachment",
    "Letter",
    "Notice",
    "Receiver",
    "State",
    "Unheard",
    "greet_mail_server",
    "post",
    "send_letter",
    "send_mail",
]
