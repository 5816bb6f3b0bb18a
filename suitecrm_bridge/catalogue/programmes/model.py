"""What a programme is, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from suitecrm_bridge.catalogue.conditions import Audience, Condition, Figure, happened
from suitecrm_bridge.catalogue.languages import Translated

Channel = Literal["mail", "call", "task", "letter", "webhook"]
CHANNELS: tuple[Channel, ...] = ("mail", "call", "task", "letter", "webhook")
PREFERRED: Mapping[str, str] = {"mail": "email", "call": "phone", "letter": "post"}
"""Channels of which a wave may name several, with the key that `preferred_channel` has for each."""
OUTCOMES = ("margin", "conversion")
"""What a programme is to move."""
OF_USERS: tuple[Channel, ...] = ("call", "task")
"""Channels over which a user of SuiteCRM speaks to the person: they have a quota."""
DELIVERED: tuple[Channel, ...] = (*OF_USERS, "letter", "webhook")
"""Channels over which the bridge itself delivers to each person, once."""

TriggerKind = Literal["audience", "enters", "event", "date"]

SAID = ("name", "product", "code")
"""What may stand in braces in what a user is told to say."""


@dataclass(frozen=True)
class Trigger:
    """What begins a programme for a person.

    `audience`: being in it. `enters`: `condition` begins to hold. `event`: a record of `module` of
    which `condition` holds (None: any), with `at` within the last `within_days`. `date`: the day in
    `figure`, `shift` days later (earlier where negative), each year where `yearly`, and for
    `within_days` from then on.
    """

    kind: TriggerKind = "audience"
    condition: Condition | None = None
    module: str = ""
    at: Figure | None = None
    figure: Figure | None = None
    yearly: bool = False
    shift: int = 0
    within_days: int = 1


@dataclass(frozen=True)
class Wave:
    """A step: everybody in it is on its list. It comes `after_days` from the one before.

    `say` is what a user is told to say, with the placeholders of `SAID`; `a_day` the most that a
    user gets of this wave a day, None where only the quota over all programmes counts. Waves with
    the same `choice` are one step over several channels: a person comes to one of them.
    """

    key: str
    channel: Channel
    label: Translated
    after_days: int = 0
    condition: Condition | None = None
    say: Translated | None = None
    a_day: int | None = None
    choice: str = ""


@dataclass(frozen=True)
class Cap:
    """The most contacts that a person may have within that many days, over all programmes."""

    contacts: int
    days: int


@dataclass(frozen=True)
class Measure:
    """What is to become better, and for how many days from the entry it is counted.

    `least` is the smallest effect worth having: units of the base currency a person, or a share.
    `most` is what one person may bring at most, in units; None for no bound.
    """

    outcome: str
    days: int
    least: Decimal
    most: Decimal | None = None


@dataclass(frozen=True)
class Stop:
    """When a programme ends by itself: when it does harm, and after some days at the latest."""

    harm: bool
    after_days: int | None


@dataclass(frozen=True)
class Programme:
    """A programme.

    `of` says who is addressed, `words` the audience as it was written. `product` names a figure
    whose value is what is offered; `recovery` lets it address people with a serious complaint.
    `again_days` is how soon a person may enter again, None for never. `cost` is that of a contact,
    `budget` of the programme as a whole, in units of the base currency. `control` is the share of
    those who enter that is only measured. `salt` draws them anew where it is changed. Whoever
    `exit` holds of leaves. `coupon` is what the codes begin with that people of the programme get,
    "" for none.
    """

    key: str
    label: Translated
    description: Translated
    of: Audience
    words: str
    audience: Condition
    trigger: Trigger
    waves: tuple[Wave, ...]
    priority: int
    product: Figure | None
    recovery: bool
    again_days: int | None
    cap: Cap | None
    cost: Decimal
    budget: Decimal | None
    control: Decimal
    begins: date | None
    ends: date | None
    measure: Measure
    stop: Stop
    salt: str = ""
    coupon: str = ""
    exit: Condition | None = None

    @property
    def asks_since(self) -> bool:
        """Whether it asks what somebody did since a wave, or since they entered."""
        return any(happened(one) for one in (self.exit, *(wave.condition for wave in self.waves)))

    def has_begun(self, day: date) -> bool:
        """Whether its period has begun by a day."""
        return self.begins is None or self.begins <= day

    @property
    def module(self) -> str:
        """SuiteCRM module of the people."""
        return {"contacts": "Contacts", "accounts": "Accounts", "leads": "Leads"}[self.of]
