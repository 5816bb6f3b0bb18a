"""The e-mail marketing records over which SuiteCRM's campaigns send to a target list.

People make and schedule them. What people have not scheduled, or have taken back, is never sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.crm.linked import having, linked
from suitecrm_bridge.errors import RecordNotFound
from suitecrm_bridge.push.lists import LISTS

MARKETING, CAMPAIGNS = "EmailMarketing", "Campaigns"
SENT = "sent"
"""Status in SuiteCRM 8.9 and later of a record that was scheduled, and sent to everybody then."""
ACTIVE = "active"
"""Status in SuiteCRM 7 of a record that goes out whenever a person presses send."""
UNDER_WAY = ("scheduled", "pending_send", "sending")
"""Those in 8.9 and later of one that is sent, or will be, to whoever is on its lists by then."""
CLOSED = ("Complete", "Inactive")
"""Statuses of a campaign to which nobody sends any more."""
_FIELDS = ("name", "status", "campaign_id", "all_prospect_lists")
_COPIED = (
    "name", "status", "campaign_id", "from_name", "from_addr", "reply_to_name", "reply_to_addr",
    "inbound_email_id", "outbound_email_id", "template_id",
)  # fmt: skip
_AGAIN = {"status": "pending_send", "queueing_status": "not_started"}


@dataclass(frozen=True)
class Message:
    """An e-mail marketing record, with its campaign."""

    id: str
    name: str
    status: str
    campaign_id: str
    campaign: str
    campaign_status: str

    @property
    def open(self) -> bool:
        """Whether its campaign still sends."""
        return self.campaign_status not in CLOSED


def messages_of(crm: SuiteCRM, list_id: str) -> list[Message]:
    """Return the records that send to a list, those of campaigns that send to all their lists too.

    Raises:
        RecordNotFound: there is no such list.
        RequestRefused: the API user may not read campaigns or their e-mail marketing.
    """
    campaigns = {one["id"]: one for one in linked(crm, LISTS, list_id, "campaigns")}
    found = {one["id"]: one for one in linked(crm, LISTS, list_id, "email_marketing")}
    for id in campaigns:
        for one in having(crm, MARKETING, "campaign_id", id, _FIELDS):
            if one.get("all_prospect_lists") == "1" and one.get("status") == ACTIVE:
                found.setdefault(one["id"], one)
    messages = []
    for one in found.values():
        campaign = _campaign(crm, campaigns, one.get("campaign_id", ""))
        if campaign is not None:
            messages.append(_message(one, campaign))
    return sorted(messages, key=lambda one: (one.campaign, one.name, one.id))


def schedule_again(crm: SuiteCRM, message_id: str) -> None:
    """Let SuiteCRM send a record that it has sent to those that it has not sent it to yet.

    It is set as SuiteCRM itself sets one that is scheduled for a moment that has passed; who is in
    the campaign's log or in its queue gets nothing.

    Raises:
        RequestRefused: the API user may not edit e-mail marketing.
    """
    crm.module(MARKETING).update(message_id, _AGAIN)


def copy_for(crm: SuiteCRM, message: Message, list_id: str, name: str, now: datetime) -> None:
    """Make a copy of a record of SuiteCRM 7's that goes to one list alone when a person sends it.

    An earlier copy that was cut off before it got its list is taken. SuiteCRM takes no id of ours
    for such a record.

    Raises:
        RequestRefused: the API user may not make e-mail marketing.
    """
    marketing, lists = crm.module(MARKETING), crm.module(LISTS)
    known = {
        one["id"]: one
        for one in having(crm, MARKETING, "campaign_id", message.campaign_id, _COPIED)
    }
    twins = [one["id"] for one in known.values() if one.get("name") == name]
    found = next((id for id in twins if not linked(crm, MARKETING, id, "prospectlists")), None)
    if found is None:
        original = known[message.id]
        told = {field: original[field] for field in _COPIED if original.get(field)}
        told |= {"name": name, "all_prospect_lists": "0", "date_start": f"{now:%Y-%m-%d %H:%M:%S}"}
        found = str(marketing.create(told)["id"])
    lists.relate(list_id, "campaigns", CAMPAIGNS, message.campaign_id)
    lists.relate(list_id, "email_marketing", MARKETING, found)


def _campaign(
    crm: SuiteCRM, known: dict[str, Mapping[str, str]], id: str
) -> Mapping[str, str] | None:
    """Return a campaign; None where it is gone."""
    if id and id not in known:
        try:
            found = crm.module(CAMPAIGNS).get(id, ["name", "status"])
        except RecordNotFound:
            return None
        known[id] = {"id": id} | {name: str(found[name] or "") for name in ("name", "status")}
    return known.get(id)


def _message(one: Mapping[str, str], campaign: Mapping[str, str]) -> Message:
    return Message(
        id=one["id"],
        name=one.get("name", ""),
        status=one.get("status", ""),
        campaign_id=campaign["id"],
        campaign=campaign.get("name", ""),
        campaign_status=campaign.get("status", ""),
    )
