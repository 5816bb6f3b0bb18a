"""Contacts and accounts: what they are called, where they are, and how to reach them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Rows, kept_by, rows
from suitecrm_bridge.sandbox.demo.customers import Customers
from suitecrm_bridge.sandbox.demo.values import (
    Ints,
    keep,
    money,
    pick,
    pick_any,
    take,
    take_or_none,
    times,
)
from suitecrm_bridge.sandbox.demo.willing import addresses, people
from suitecrm_bridge.sandbox.demo.words import Language, countries, speech, trades

SALUTATIONS = {"fr": ("Mme", "M."), "en": ("Ms.", "Mr.")}
MAIL = ("example.com", "example.org", "example.net")
SOURCES = {
    "Web Site": 34,
    "Word of mouth": 18,
    "Existing Customer": 12,
    "Trade Show": 9,
    "Campaign": 9,
    "Email": 7,
    "Cold Call": 4,
    "Partner": 4,
    "Other": 3,
}


@dataclass(frozen=True)
class Identity:
    """The ids of one block's people, and of the users who look after them."""

    contacts: list[str]
    accounts: list[str]
    users: list[str]


@dataclass(frozen=True)
class History:
    """Seconds at which the records were entered and last changed."""

    entered: Ints
    modified: Ints


@cache
def slug(text: str) -> str:
    """Return `text` in lower case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


class Contacts:
    """The contacts of one block; everything is drawn at once, rows are built by portions."""

    def __init__(
        self,
        rng: np.random.Generator,
        customers: Customers,
        who: Identity,
        history: History,
        first: int,
        campaign: list[str | None],
    ) -> None:
        self._customers, self._who, self._history, self._first = customers, who, history, first
        self._campaign = campaign
        count = customers.count
        self._digits = (rng.random((count, 8)) * 10_000).astype(np.int64)
        self._source = pick(rng, list(SOURCES.values()), count)
        self._has_email = rng.random(count) < 0.93
        self._has_phone = rng.random(count) < np.where(customers.business, 0.9, 0.35)
        self._has_mobile = rng.random(count) < 0.7
        self._has_country = rng.random(count) < 0.96
        self._has_source = rng.random(count) < 0.8
        self._by_campaign = self._source == list(SOURCES).index("Campaign")

    def rows(self, part: slice) -> Rows:
        """Return the rows of `part`."""
        customers, who = self._customers, self._who
        account = customers.account[part]
        owner = take(who.users, customers.owner[part])
        persons = [
            self._person(number, country)
            for number, country in zip(
                range(part.start, part.stop), customers.country[part].tolist(), strict=True
            )
        ]
        named = {key: [person[key] for person in persons] for key in persons[0]}
        entered = times(self._history.entered[part])
        return rows(
            len(persons),
            {
                "id": who.contacts[part],
                "date_entered": entered,
                "date_modified": times(self._history.modified[part]),
                **named,
                "title": keep(named["title"], account >= 0),
                "email1": keep(named["email1"], self._has_email[part]),
                "phone_work": keep(named["phone_work"], self._has_phone[part]),
                "phone_mobile": keep(named["phone_mobile"], self._has_mobile[part]),
                "primary_address_country": keep(
                    named["primary_address_country"], self._has_country[part]
                ),
                "primary_address_state": None,
                "lead_source": keep(
                    take(list(SOURCES), self._source[part]), self._has_source[part]
                ),
                "account_id": take_or_none(who.accounts, account),
                "campaign_id": keep(
                    self._campaign[part], self._by_campaign[part] & self._has_source[part]
                ),
                **people(who.contacts[part]),
                **kept_by(owner),
            },
        )

    def _person(self, number: int, country: int) -> dict[str, Any]:
        place = countries()[country]
        words = speech(place.language)
        digits = self._digits[number].tolist()
        man = digits[0] % 2
        first_name = _choose(words.men if man else words.women, digits[1])
        last_name = _choose(words.last_names, digits[2])
        city, postcode = _choose(place.cities, digits[3])
        return {
            "salutation": SALUTATIONS[place.language][man],
            "first_name": first_name,
            "last_name": last_name,
            "title": _choose(words.job_titles, digits[4]),
            "email1": f"{slug(first_name)}.{slug(last_name)}{self._first + number + 1}"
            f"@{_choose(MAIL, digits[4])}",
            "phone_work": phone(place.language, digits[5]),
            "phone_mobile": mobile(place.language, digits[6]),
            "primary_address_street": street(place.language, digits[7]),
            "primary_address_city": city,
            "primary_address_postalcode": postcode,
            "primary_address_country": place.name,
        }


class Accounts:
    """The accounts of one block."""

    def __init__(
        self,
        rng: np.random.Generator,
        customers: Customers,
        who: Identity,
        history: History,
        revenue: Ints,
    ) -> None:
        self._who, self._history = who, history
        self._country = customers.account_country
        count = customers.accounts
        self._owner = np.zeros(count, dtype=np.int64)
        business = customers.business
        self._owner[customers.account[business]] = customers.owner[business]
        self._digits = (rng.random((count, 6)) * 10_000).astype(np.int64)
        self._trade = pick(rng, [trade.share for trade in trades()], count)
        parent = pick_any(rng, max(count, 1), count)
        self._parent = np.where(
            (rng.random(count) < 0.04) & (parent < np.arange(count)), parent, -1
        )
        self._buys = revenue > 0
        self._wallet = _wallet(rng, revenue)
        self._has_email = rng.random(count) < 0.85
        self._has_size = rng.random(count) < 0.6
        self._has_country = rng.random(count) < 0.97

    def rows(self, part: slice) -> Rows:
        """Return the rows of `part`."""
        owner = take(self._who.users, self._owner[part])
        firms = [
            self._firm(number, country, trade)
            for number, country, trade in zip(
                range(part.start, part.stop),
                self._country[part].tolist(),
                self._trade[part].tolist(),
                strict=True,
            )
        ]
        named = {key: [firm[key] for firm in firms] for key in firms[0]}
        wallet = self._wallet[part]
        return rows(
            len(firms),
            {
                "id": self._who.accounts[part],
                "date_entered": times(self._history.entered[part]),
                "date_modified": times(self._history.modified[part]),
                **named,
                "account_type": take(["Prospect", "Customer"], self._buys[part].astype(np.int64)),
                "annual_revenue": keep(named["annual_revenue"], self._has_size[part]),
                "employees": keep(named["employees"], self._has_size[part]),
                "email1": keep(named["email1"], self._has_email[part]),
                "billing_address_country": keep(
                    named["billing_address_country"], self._has_country[part]
                ),
                "billing_address_state": None,
                "parent_id": take_or_none(self._who.accounts, self._parent[part]),
                "campaign_id": None,
                **addresses(self._who.accounts[part]),
                "wallet_estimate_c": keep(money(wallet), wallet > 0),
                **kept_by(owner),
            },
        )

    def _firm(self, number: int, country: int, trade: int) -> dict[str, Any]:
        place, kind = countries()[country], trades()[trade]
        words = speech(place.language)
        digits = self._digits[number].tolist()
        stem = _choose(words.houses if digits[0] % 3 == 0 else words.last_names, digits[1])
        name = _choose(kind.names[place.language], digits[2]).format(name=stem)
        name = name.replace("The The ", "The ")
        site = slug(name)
        city, postcode = _choose(place.cities, digits[3])
        smallest, largest = kind.employees
        employees = smallest + digits[4] * digits[4] * (largest - smallest) // 10_000**2
        return {
            "name": name,
            "industry": kind.industry,
            "annual_revenue": str(employees * (60_000 + digits[3] * 5)),
            "employees": str(employees),
            "email1": f"contact@{site}.example",
            "website": f"https://www.{site}.example",
            "phone_office": phone(place.language, digits[5]),
            "billing_address_street": street(place.language, digits[4]),
            "billing_address_city": city,
            "billing_address_postalcode": postcode,
            "billing_address_country": place.name,
        }


def phone(language: Language, number: int) -> str:
    """Return a fixed-line number kept free for fiction."""
    return _ring(_choose(speech(language).phones, number // 7), language, number)


def mobile(language: Language, number: int) -> str:
    """Return a mobile number kept free for fiction."""
    return _ring(_choose(speech(language).mobiles, number // 7), language, number)


def _ring(prefix: str, language: Language, number: int) -> str:
    if language == "fr":
        return f"{prefix}{number // 100 % 100:02d} {number % 100:02d}"
    return f"{prefix}{number % 1000:03d}"


def street(language: Language, number: int) -> str:
    """Return a street with a house number."""
    name = _choose(speech(language).streets, number // 130)
    house = number % 130 + 1
    return f"{house}, {name}" if language == "fr" else f"{house} {name}"


def _choose(words: Any, number: int) -> Any:
    return words[number % len(words)]


def _wallet(rng: np.random.Generator, revenue: Ints) -> Ints:
    """Estimate a quarter of the buyers' yearly need, in hundreds, above what they buy here."""
    known = (rng.random(len(revenue)) < 0.25) & (revenue > 0)
    yearly = revenue / 3 * (1.1 + 3 * rng.random(len(revenue)))
    hundreds = np.ceil(yearly / 10_000).astype(np.int64)
    return np.where(known, hundreds * 100 * 1_000_000, 0)
