"""Whether a campaign of SuiteCRM's own reaches those a programme addresses, and nobody else."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.crm.linked import having
from suitecrm_bridge.errors import RecordNotFound
from suitecrm_bridge.push.lists import list_id
from tests.live.bridge import Bridge
from tests.live.mail_sink import MailSink, outgoing
from tests.live.module_loader import ModuleLoader
from tests.live.outcomes import Failed, NotRun

PEOPLE = 16
# A list is never made under the id of one that was deleted: each run has a programme of its own.
KEY = f"drive_{uuid4().hex[:8]}"
TREATED, CONTROL = (list_id(f"{KEY}/first/{arm}") for arm in ("treated", "control"))
OWN_NAME = "Drive: First"
WAIT = 70
"""Seconds between two runs of SuiteCRM 8's schedulers, which run once a minute."""
TURNS = 4
PROGRAMME = """
[programme]
label = {{ en = "Drive", fr = "Drive" }}
description = {{ en = "Tries sending.", fr = "Essaie l'envoi." }}
of = "contacts"
audience = 'last_name = "{name}"'
priority = 99
[waves.first]
channel = "mail"
label = {{ en = "First", fr = "First" }}
[control]
share = 0.4
[measure]
days = 30
"""


@dataclass
class _Made:
    """Records that are deleted at the end, the last one first."""

    crm: SuiteCRM
    ids: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, module: str, **attributes: object) -> str:
        id = str(self.crm.module(module).create(attributes)["id"])
        self.ids.append((module, id))
        return id

    def clean(self) -> None:
        self.ids += [("ProspectLists", id) for id in (TREATED, CONTROL)]
        for module, id in reversed(self.ids):
            try:
                self.crm.module(module).delete(id)
            except RecordNotFound:
                continue


def check_mailed(
    crm: SuiteCRM, bridge: Bridge, home: Path, screens: ModuleLoader, dsn: str, version: str
) -> str:
    """Let a programme fill its lists and a campaign send to them, and look at who got mail.

    Raises:
        Failed: somebody got mail who was not to, or the other way round.
        NotRun: what sends is not known.
    """
    eight = not version.startswith("7")
    if not dsn:
        raise NotRun("SUITECRM_DSN is not set")
    if eight and not os.environ.get("SUITECRM_SCHEDULERS"):
        raise NotRun("SUITECRM_SCHEDULERS is not set")
    host, _, port = os.environ.get("SUITECRM_SINK", "127.0.0.1:2525").partition(":")
    name = f"Drive{uuid4().hex[:10]}"
    sink, made = MailSink(), _Made(crm)
    with ExitStack() as stack:
        stack.callback(made.clean)
        stack.enter_context(sink.listening(host, int(port)))
        account = stack.enter_context(outgoing(dsn, host, int(port)))
        people = _people(made, name)
        own = made("ProspectLists", name=OWN_NAME, list_type="default")
        stack.enter_context(_programme(bridge, home, name))
        bridge.sync("--take-over")
        treated, control = _require_right(crm, people, own)
        message = _campaign(made, account, own, control, with_control=not eight)
        send = _by_schedulers if eight else _by_hand(screens, *message)
        _until(send, lambda: {*treated} <= {*sink.given})
        faults = _faults(sink, treated, control, people)
        if eight:
            faults += _unless(_vetoed(crm, message[1], control), "the control was not vetoed")
        faults += _follows(crm, bridge, treated)
    if faults:
        raise Failed("; ".join(faults))
    veto = ", and the veto kept it from the control over another list" if eight else ""
    return f"{len(treated)} got mail and {len(control)} of the control group none{veto}"


def _people(made: _Made, name: str) -> dict[str, str]:
    """Make people; return by id "" or why they may not be addressed."""
    whys = ["opted out", "withdrawn", "objects", *[""] * (PEOPLE - 3)]
    told = {
        "opted out": {"email_opt_out": 1},
        "withdrawn": {"lawful_basis": "^withdrawn^"},
        "objects": {"no_profiling_c": 1},
    }
    people = {}
    for number, why in enumerate(whys):
        address = f"{name}-{number}@example.com".lower()
        id = made("Contacts", last_name=name, email1=address, **told.get(why, {}))
        people[id] = why
    return people


@contextmanager
def _programme(bridge: Bridge, home: Path, name: str) -> Iterator[None]:
    folder = home / "programmes"
    folder.mkdir(exist_ok=True)
    (folder / f"{KEY}.toml").write_text(PROGRAMME.format(name=name), encoding="utf-8")
    (home / "addressing.toml").write_text("[control]\nshare = 0\n", encoding="utf-8")
    bridge.run("programmes", "start", KEY)
    try:
        yield
    finally:
        bridge.run("programmes", "stop", KEY)


def _require_right(
    crm: SuiteCRM, people: dict[str, str], own: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Return treated and control as address → id, where the lists hold those they should."""
    lists = crm.module("ProspectLists")
    found = [{*lists.related(id, "contacts")} for id in (TREATED, CONTROL, own)]
    willing = {id for id, why in people.items() if not why}
    faults = _unless(found[0] | found[1] == willing, "the lists hold others than they should")
    faults += _unless(not found[0] & found[1], "somebody is both treated and control")
    faults += _unless(not found[2], "people's own list of the same name was filled")
    faults += _unless(bool(found[0] and found[1]), "one of the lists is empty")
    if faults:
        raise Failed("; ".join(faults))
    addresses = {id: str(crm.module("Contacts").get(id, ["email1"])["email1"]) for id in people}
    treated, control = ({addresses[id].lower(): id for id in ids} for ids in found[:2])
    return treated, control


def _campaign(
    made: _Made, account: str, own: str, control: dict[str, str], *, with_control: bool
) -> tuple[str, str]:
    """Make a campaign with a message to the programme's list and to one of people's own.

    A person of the control group is on that, too: an exempt list keeps them from it, or the veto.
    """
    crm, lists = made.crm, made.crm.module("ProspectLists")
    lists.relate(own, "contacts", "Contacts", min(control.values()))
    today = datetime.now(UTC)
    template = made("EmailTemplates", name="Drive", subject="Good day", body="Hello",
                    body_html="<p>Hello</p>", type="campaign")  # fmt: skip
    campaign = made("Campaigns", name="Drive", status="Active", campaign_type="Email",
                    end_date=f"{today + timedelta(days=30):%Y-%m-%d}")  # fmt: skip
    message = made(
        "EmailMarketing",
        name="Drive",
        from_name="Drive",
        from_addr="drive@example.com",
        template_id=template,
        campaign_id=campaign,
        outbound_email_id=account,
        inbound_email_id=account,
        status="active" if with_control else "scheduled",
        date_start=f"{today - timedelta(hours=2):%Y-%m-%d %H:%M:%S}",
        all_prospect_lists="0",
    )
    for id in (TREATED, own, *((CONTROL,) if with_control else ())):
        lists.relate(id, "campaigns", "Campaigns", campaign)
    for id in (TREATED, own):
        lists.relate(id, "email_marketing", "EmailMarketing", message)
    crm.module("EmailMarketing").get(message, ["id"])
    return campaign, message


def _by_hand(screens: ModuleLoader, campaign: str, message: str) -> Callable[[], None]:
    """Return what presses send and then delivers, as a person does in SuiteCRM 7."""

    def send() -> None:
        queue = "index.php?module=Campaigns&action=QueueCampaign"
        screens.post(queue, {"record": campaign, "mass[]": message, "mode": ""})
        screens.get(
            f"index.php?module=EmailMan&action=EmailManDelivery&campaign_id={campaign}"
            "&mode=&send_all=true"
        )

    return send


def _by_schedulers() -> None:
    subprocess.run(shlex.split(os.environ["SUITECRM_SCHEDULERS"]), check=True, timeout=300)


def _until(send: Callable[[], None], done: Callable[[], bool]) -> None:
    for turn in range(TURNS):
        send()
        if done() or turn == TURNS - 1:
            return
        time.sleep(WAIT)


def _faults(
    sink: MailSink, treated: dict[str, str], control: dict[str, str], people: dict[str, str]
) -> list[str]:
    got = {*sink.given}
    return [
        *_unless({*treated} <= got, f"{len({*treated} - got)} of {len(treated)} got no mail"),
        *_unless(not got & {*control}, f"{len(got & {*control})} of the control group got mail"),
        *_unless(got <= {*treated, *control}, f"{len(got - {*treated, *control})} others got mail"),
        *_unless(max(sink.given.values(), default=0) <= 1, "somebody got it twice"),
    ]


def _vetoed(crm: SuiteCRM, message: str, control: dict[str, str]) -> bool:
    """Return whether the campaign's log says of the control group why it got nothing."""
    fields = ["activity_type", "target_id"]
    rows = having(crm, "CampaignLog", "marketing_id", message, fields)
    return any(
        row.get("activity_type") == "blocked-programme-control"
        and row.get("target_id") in control.values()
        for row in rows
    )


def _follows(crm: SuiteCRM, bridge: Bridge, treated: dict[str, str]) -> list[str]:
    """Take somebody out of the audience and return what is wrong after the next sync."""
    someone = min(treated.values())
    crm.module("Contacts").update(someone, {"last_name": "Somebody else"})
    bridge.sync()
    left = {*crm.module("ProspectLists").related(TREATED, "contacts")}
    right = left == {*treated.values()} - {someone}
    return _unless(right, "the list did not follow a change of the audience")


def _unless(holds: bool, fault: str) -> list[str]:
    return [] if holds else [fault]
