"""Who the customers are, as numbers: private or company, country, account, seller, habits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suitecrm_bridge.sandbox.demo import planted
from suitecrm_bridge.sandbox.demo.calendar import DAYS
from suitecrm_bridge.sandbox.demo.values import Flags, Floats, Ints, pick
from suitecrm_bridge.sandbox.demo.words import countries, sellers

CONTACTS_PER_ACCOUNT = 5
BUSINESS_CONTACTS_PER_ACCOUNT = 2
NEVER_BUY = 0.12


@dataclass(frozen=True)
class Habits:
    """How a kind of customer buys; customers differ within a kind by gamma and log-normal laws.

    `once` is the share of buyers who never think of coming back.
    """

    once: float
    repeats_a_year: float
    shape: float
    lifetime_days: float
    spend_spread: float


HOME = Habits(once=0.44, repeats_a_year=6.2, shape=1.3, lifetime_days=1000, spend_spread=0.4)
TRADE = Habits(once=0.3, repeats_a_year=6.0, shape=1.1, lifetime_days=1200, spend_spread=0.35)


@dataclass(frozen=True)
class Customers:
    """One block of customers: arrays with an entry a contact, and a country for each account.

    `account` is the number of the contact's account in the block, -1 for private people.
    `start`, `end` (in busy time) and `rate` (repeats a day) are the life of a buyer. `late`,
    `hunter` and `costly` are the planted traits; the contacts of an account share its traits.
    `keen` (0 to 1) is how readily somebody answers what they are sent. `leaver` is the very good
    customer who has just left, alone or nobody, `refillers` use one product up; what they buy is
    drawn apart.
    """

    count: int
    accounts: int
    account: Ints
    account_country: Ints
    country: Ints
    owner: Ints
    buyer: Flags
    start: Floats
    end: Floats
    rate: Floats
    spend: Floats
    late: Flags
    hunter: Flags
    costly: Flags
    keen: Floats
    leaver: Ints
    refillers: Ints

    @property
    def apart(self) -> Ints:
        """Those who neither complain nor answer, so that all others are as they were."""
        return np.concatenate([self.leaver, self.refillers])

    @property
    def business(self) -> Flags:
        """Which contacts buy for an account."""
        return self.account >= 0


def draw(rng: np.random.Generator, first: int, count: int) -> Customers:
    """Draw the customers `first`, `first + 1`, … of the base."""
    accounts = (first + count) // CONTACTS_PER_ACCOUNT - first // CONTACTS_PER_ACCOUNT
    account = _accounts_of(rng, count, accounts)
    account_country = pick(rng, [country.share for country in countries()], accounts)
    country = pick(rng, [country.share for country in countries()], count)
    business = account >= 0
    country[business] = account_country[account[business]]

    def habit(name: str) -> Floats:
        choice = np.where(business, getattr(TRADE, name), getattr(HOME, name))
        return np.asarray(choice, dtype=np.float64)

    shape = habit("shape")
    start = DAYS * rng.random(count) ** 1.3
    returns = rng.random(count) >= habit("once")
    life = rng.standard_exponential(count) * habit("lifetime_days")
    owner = _owners(rng, country)
    buyer = rng.random(count) >= NEVER_BUY
    rate = rng.standard_gamma(shape) / shape * habit("repeats_a_year") / 365 * returns
    spend = np.exp(rng.standard_normal(count) * habit("spend_spread"))
    leaver, refillers = _apart(first, business, buyer)
    spend[leaver] = planted.LEAVER_SPEND
    late, costly = _traits(rng, account, accounts)
    return Customers(
        count=count,
        accounts=accounts,
        account=account,
        account_country=account_country,
        country=country,
        owner=owner,
        buyer=buyer,
        start=start,
        end=np.minimum(start + life, DAYS),
        rate=rate,
        spend=spend,
        late=late,
        hunter=~business & (rng.random(count) < planted.HUNTER_SHARE),
        costly=costly,
        keen=rng.random(count) ** 2,
        leaver=leaver,
        refillers=refillers,
    )


def _apart(first: int, business: Flags, buyer: Flags) -> tuple[Ints, Ints]:
    """Choose people who would not buy otherwise, so that all others are as they were."""
    able = np.flatnonzero(~business & ~buyer)
    if first or len(buyer) < planted.LEAVER_FROM:
        return able[:0], able[:0]
    return able[:1], able[1 : 1 + len(buyer) // planted.CUSTOMERS_PER_REFILLER]


def _traits(rng: np.random.Generator, account: Ints, accounts: int) -> tuple[Flags, Flags]:
    """Return which contacts belong to a company that pays late, or to one that costs money."""
    drawn = np.append(rng.random(accounts), 1.0)[account]
    late = drawn < planted.LATE_SHARE
    return late, ~late & (drawn < planted.LATE_SHARE + planted.COSTLY_SHARE)


def _accounts_of(rng: np.random.Generator, count: int, accounts: int) -> Ints:
    """Give every account a contact, and the others to a few accounts more than to many."""
    account = np.full(count, -1, dtype=np.int64)
    chosen = np.argsort(rng.random(count), kind="stable")
    chosen = chosen[: accounts * BUSINESS_CONTACTS_PER_ACCOUNT]
    account[chosen[:accounts]] = np.arange(accounts)
    account[chosen[accounts:]] = accounts * rng.random(len(chosen[accounts:])) ** 1.5
    return account


def _owners(rng: np.random.Generator, country: Ints) -> Ints:
    owner = np.zeros(len(country), dtype=np.int64)
    for number, place in enumerate(countries()):
        there = country == number
        speakers = [i for i, seller in enumerate(sellers()) if seller.language == place.language]
        owner[there] = np.array(speakers)[pick(rng, [1] * len(speakers), int(there.sum()))]
    return owner
