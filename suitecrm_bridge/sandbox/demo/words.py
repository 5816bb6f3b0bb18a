"""The word lists in `words/`, read once, as frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

Language = str
SPOKEN: tuple[Language, ...] = ("en", "fr")
"""What the customers of the demo company speak, whatever languages the bridge has."""


Words = tuple[str, ...]

SERVICE = "service"
"""Category of the products that are work, not wares."""


@dataclass(frozen=True)
class Speech:
    """What people and companies are called, want, and where they are, in one language."""

    women: Words
    men: Words
    last_names: Words
    job_titles: Words
    houses: Words
    affairs: Words
    streets: Words
    phones: Words
    mobiles: Words


@dataclass(frozen=True)
class Country:
    """A country with its share of the customers; `vat` in tenths of a per cent."""

    name: str
    language: Language
    share: float
    vat: int
    currency: str
    cities: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Trade:
    """A kind of company; `names` are patterns by language."""

    industry: str
    share: float
    employees: tuple[int, int]
    names: Mapping[str, Words]


@dataclass(frozen=True)
class Product:
    """A product; cost and price in cents, `home` and `trade` are weights of choice."""

    part_number: str
    name: str
    category: str
    cost: int
    price: int
    home: float
    trade: float
    lot: int


@dataclass(frozen=True)
class Seller:
    """A user who looks after customers of one language."""

    user_name: str
    first_name: str
    last_name: str
    title: str
    language: Language


@dataclass(frozen=True)
class Topic:
    """What a case is about: subjects with texts; `cause` is None unless it is a complaint."""

    cause: str | None
    type: str
    share: float
    letters: Mapping[str, tuple[tuple[str, str], ...]]
    resolutions: Mapping[str, Words]


@dataclass(frozen=True)
class Letters:
    """The topics of cases, and the sentences around them, by language."""

    topics: tuple[Topic, ...]
    opening: Mapping[str, Words]
    closing: Mapping[str, Words]
    demand: Mapping[str, Words]
    rival: Mapping[str, Words]
    competitors: Words


@dataclass(frozen=True)
class Campaign:
    """A campaign that began `day` days after the first of the base; `cost` in units."""

    name: str
    type: str
    day: int
    cost: int


@dataclass(frozen=True)
class Question:
    """A question of the survey; only a choice has options."""

    name: str
    type: str
    options: Words = ()


@dataclass(frozen=True)
class Talk:
    """What sales people and customers say and note, in one language."""

    calls: Words
    meetings: Words
    tasks: Words
    notes: Words
    ideas: Words
    answers: Words
    replies: Words
    internal: Words
    lost: Words


@cache
def campaigns() -> tuple[Campaign, ...]:
    """Return the campaigns, the oldest first."""
    return tuple(Campaign(**row) for row in _read("relations")["campaign"])


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions of the survey."""
    return tuple(
        Question(row["name"], row["type"], tuple(row.get("options", ())))
        for row in _read("relations")["survey"]["question"]
    )


def survey_name() -> str:
    """Return what the survey is called."""
    name: str = _read("relations")["survey"]["name"]
    return name


@cache
def talk(language: Language) -> Talk:
    """Return what is said and noted in `language`."""
    return Talk(**{name: tuple(texts) for name, texts in _read("relations")[language].items()})


@cache
def speech(language: Language) -> Speech:
    """Return the words of `language`."""
    names, places, firms = _read("people")[language], _read("places"), _read("companies")
    return Speech(
        women=tuple(names["women"]),
        men=tuple(names["men"]),
        last_names=tuple(names["last_names"]),
        job_titles=tuple(names["job_titles"]),
        houses=tuple(firms["houses"][language]),
        affairs=tuple(firms["affairs"][language]),
        streets=tuple(places["streets"][language]),
        phones=tuple(places["phones"][language]),
        mobiles=tuple(places["mobiles"][language]),
    )


@cache
def countries() -> tuple[Country, ...]:
    """Return the countries that the customers live in."""
    return tuple(
        Country(
            name=row["name"],
            language=row["language"],
            share=float(row["share"]),
            vat=int(row["vat"] * 10),
            currency=row["currency"],
            cities=tuple((city, postcode) for city, postcode in row["cities"]),
        )
        for row in _read("places")["country"]
    )


@cache
def rates() -> dict[str, float]:
    """Return the units of each currency for one unit of the base currency, which is first."""
    return {name: float(rate) for name, rate in _read("places")["rates"].items()}


@cache
def trades() -> tuple[Trade, ...]:
    """Return the kinds of companies."""
    return tuple(
        Trade(
            industry=row["industry"],
            share=float(row["share"]),
            employees=(row["employees"][0], row["employees"][1]),
            names={"fr": tuple(row["fr"]), "en": tuple(row["en"])},
        )
        for row in _read("companies")["trade"]
    )


@cache
def products() -> tuple[Product, ...]:
    """Return the products, the cheapest first."""
    found = [
        Product(
            part_number=key,
            name=row["name"],
            category=row["category"],
            cost=int(row["cost"] * 100),
            price=int(row["price"] * 100),
            home=float(row["home"]),
            trade=float(row["trade"]),
            lot=row["lot"],
        )
        for key, row in _read("products").items()
    ]
    return tuple(sorted(found, key=lambda product: (product.price, product.part_number)))


@cache
def sellers() -> tuple[Seller, ...]:
    """Return the sales people."""
    return tuple(Seller(**row) for row in _read("people")["sales"])


@cache
def letters() -> Letters:
    """Return what customers write about."""
    data = _read("cases")
    return Letters(
        topics=tuple(_topic(row) for row in data["topic"]),
        opening=_by_language(data["opening"]),
        closing=_by_language(data["closing"]),
        demand=_by_language(data["demand"]),
        rival=_by_language(data["rival"]),
        competitors=tuple(data["competitors"]),
    )


def _topic(row: Mapping[str, Any]) -> Topic:
    return Topic(
        cause=row.get("cause"),
        type=row["type"],
        share=float(row["share"]),
        letters={
            language: tuple((subject, text) for subject, text in row[language]["letters"])
            for language in SPOKEN
        },
        resolutions={language: tuple(row[language]["resolutions"]) for language in SPOKEN},
    )


def _by_language(data: Mapping[str, list[str]]) -> Mapping[str, Words]:
    return {language: tuple(texts) for language, texts in data.items()}


@cache
def _read(name: str) -> dict[str, Any]:
    file = files("suitecrm_bridge.sandbox.demo") / "words" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
