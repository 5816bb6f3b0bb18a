"""Some customers with everything that refers to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from suitecrm_bridge.sandbox.demo import (
    activities,
    amounts,
    bonds,
    campaigns,
    cases,
    contracts,
    customers,
    followup,
    leads,
    opportunities,
    purchases,
    surveys,
)
from suitecrm_bridge.sandbox.demo.batch import Batch, Rows, batches, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar, at_opening_hours
from suitecrm_bridge.sandbox.demo.customers import Customers
from suitecrm_bridge.sandbox.demo.invoices import Ledger
from suitecrm_bridge.sandbox.demo.people import Accounts, Contacts, History, Identity
from suitecrm_bridge.sandbox.demo.values import DAY, Ints, ids, take, times

LONGEST_LEAD_DAYS = 60


@dataclass(frozen=True)
class Offsets:
    """How many records the blocks before hold: where the numbers of a block begin."""

    contacts: int = 0
    accounts: int = 0
    invoices: int = 0
    lines: int = 0
    opportunities: int = 0
    cases: int = 0


@dataclass(frozen=True)
class House:
    """What all blocks share: the seed, the calendar, and the ids of users and products."""

    seed: int
    calendar: Calendar
    users: list[str]
    products: list[str]


class Block:
    """`count` customers, drawn at once as numbers; `batches` writes their rows out."""

    def __init__(self, house: House, before: Offsets, count: int) -> None:
        self._house, self._before = house, before
        calendar, first = house.calendar, before.contacts
        self._customers = customers.draw(self._rng("customers"), first, count)
        bought = purchases.draw(
            self._rng("purchases"), self._rng("leaver"), self._customers, calendar
        )
        self._ledger = Ledger(
            seed=house.seed,
            first=before.invoices,
            first_line=before.lines,
            customers=self._customers,
            who=Identity(
                contacts=ids(house.seed, "Contacts", first, count),
                accounts=ids(house.seed, "Accounts", before.accounts, self._customers.accounts),
                users=house.users,
            ),
            product_ids=house.products,
            invoices=bought,
            amounts=amounts.add_up(bought, calendar),
        )
        self._history = _contact_history(self._rng("history"), self._ledger, calendar)
        self._opportunities = opportunities.draw(
            self._rng("opportunities"), self._customers, self._history.entered, calendar, first
        )
        self._cases = cases.draw(self._rng("cases"), self._ledger, calendar, first)

    @property
    def done(self) -> Offsets:
        """The records up to and including this block."""
        before, bought = self._before, self._ledger.invoices
        return Offsets(
            contacts=before.contacts + self._customers.count,
            accounts=before.accounts + self._customers.accounts,
            invoices=before.invoices + bought.count,
            lines=before.lines + len(bought.lines.invoice),
            opportunities=before.opportunities + self._opportunities.count,
            cases=before.cases + self._cases.count,
        )

    def batches(self) -> Iterator[Batch]:
        """Yield the rows of the modules and of their links."""
        yield from self._people()
        ledger = self._ledger
        invoices = ledger.invoices
        yield from batches("module", "AOS_Invoices", invoices.count, ledger.invoice_rows)
        yield from batches(
            "module", "AOS_Products_Quotes", len(invoices.lines.invoice), ledger.line_rows
        )
        yield from self._affairs()
        yield from self._complaints()
        yield from self._relations()

    def _people(self) -> Iterator[Batch]:
        seed, first, who = self._house.seed, self._before.contacts, self._ledger.who
        buyers, history = self._customers, self._history
        accounts = Accounts(
            self._rng("accounts"),
            buyers,
            who,
            _account_history(buyers, history),
            _account_revenue(self._ledger),
        )
        campaign = campaigns.running(seed, history.entered, self._house.calendar)
        contacts = Contacts(self._rng("contacts"), buyers, who, history, first, campaign)
        yield from batches("module", "Accounts", buyers.accounts, accounts.rows)
        yield from batches("module", "Contacts", buyers.count, contacts.rows)
        members = np.flatnonzero(buyers.business)
        yield from links(
            "accounts_contacts",
            ids(seed, "accounts_contacts", first, len(members)),
            history.entered[members],
            account_id=take(who.accounts, buyers.account[members]),
            contact_id=take(who.contacts, members),
        )

    def _affairs(self) -> Iterator[Batch]:
        found, who = self._opportunities, self._ledger.who
        seed, first = self._house.seed, self._before.opportunities
        build = partial(opportunities.opportunity_rows, found, self._customers, who, seed, first)
        yield from batches("module", "Opportunities", found.count, build)
        yield from links(
            "opportunities_contacts",
            ids(seed, "opportunities_contacts", first, found.count),
            found.entered,
            opportunity_id=opportunities.opportunity_ids(seed, first, slice(0, found.count)),
            contact_id=take(who.contacts, found.customer),
        )

    def _complaints(self) -> Iterator[Batch]:
        found, who = self._cases, self._ledger.who
        seed, first = self._house.seed, self._before.cases
        build = partial(cases.case_rows, found, self._ledger, first)
        yield from batches("module", "Cases", found.count, build)
        yield from links(
            "contacts_cases",
            ids(seed, "contacts_cases", first, found.count),
            found.entered,
            case_id=cases.case_ids(seed, first, slice(0, found.count)),
            contact_id=take(who.contacts, found.customer),
        )
        yield from followup.update_batches(self._rng("updates"), found, self._ledger, first)
        yield from followup.history_batches(found, self._ledger, first)

    def _relations(self) -> Iterator[Batch]:
        ledger, entered, calendar = self._ledger, self._history.entered, self._house.calendar
        first = self._before.contacts
        of_customers = (ledger, entered, calendar, first)
        yield from leads.lead_batches(self._rng("leads"), *of_customers)
        yield from contracts.contract_batches(self._rng("contracts"), *of_customers)
        yield from campaigns.log_batches(self._rng("campaigns"), *of_customers)
        yield from activities.activity_batches(self._rng("activities"), *of_customers)
        yield from bonds.bond_batches(self._rng("bonds"), *of_customers)
        rng = self._rng("surveys")
        found = surveys.draw(rng, self._cases, ledger, calendar)
        yield from surveys.response_batches(rng, found, ledger, first)

    @property
    def traits(self) -> dict[str, frozenset[str]]:
        """The contacts that have a planted trait and bought, by trait."""
        who, ledger = self._customers, self._ledger
        bought = np.zeros(who.count, dtype=np.bool_)
        bought[ledger.invoices.customer] = True
        flags = {"late_payers": who.late, "discount_hunters": who.hunter, "costly": who.costly}
        found = {name: np.flatnonzero(trait & bought) for name, trait in flags.items()}
        found["serial_complainers"] = self._cases.complainers
        found |= {"leaving": who.leaver, "refillers": who.refillers}
        found["evening"] = bonds.evening(ledger)
        found["idea_givers"] = bonds.idea_givers(ledger)
        return {name: frozenset(take(ledger.who.contacts, own)) for name, own in found.items()}

    def _rng(self, topic: str) -> np.random.Generator:
        """Return a stream of its own for each topic, so that one can change without the others."""
        key = [self._house.seed, self._before.contacts, *topic.encode()]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))


def links(name: str, own: list[str], entered: Ints, **ends: list[str]) -> Iterator[Batch]:
    """Yield the rows of a link table from their ids and the two columns in `ends`."""

    def build(part: slice) -> Rows:
        both = {column: values[part] for column, values in ends.items()}
        stamp = times(entered[part])
        return rows(len(stamp), {"id": own[part], "date_modified": stamp, **both, "deleted": 0})

    yield from batches("link", name, len(own), build)


def _contact_history(rng: np.random.Generator, ledger: Ledger, calendar: Calendar) -> History:
    """People are entered some days before they buy; what they buy touches their record."""
    who, bought = ledger.customers, ledger.invoices
    met = at_opening_hours(rng, calendar.days(who.start, who.business))
    np.minimum.at(met, bought.customer, bought.moment)
    lead = (rng.standard_exponential(who.count) * 10).astype(np.int64)
    entered = met - np.minimum(lead, LONGEST_LEAD_DAYS) * DAY
    modified = entered.copy()
    np.maximum.at(modified, bought.customer, bought.settled)
    return History(entered, modified)


def _account_history(who: Customers, contacts: History) -> History:
    """An account is entered just before the first of its contacts."""
    members = np.flatnonzero(who.business)
    entered = np.full(who.accounts, np.iinfo(np.int64).max)
    np.minimum.at(entered, who.account[members], contacts.entered[members])
    modified = np.zeros(who.accounts, dtype=np.int64)
    np.maximum.at(modified, who.account[members], contacts.modified[members])
    return History(entered - 60, modified)


def _account_revenue(ledger: Ledger) -> Ints:
    """Return what each account bought, in cents of the base currency."""
    account = ledger.customers.account[ledger.invoices.customer]
    trade = account >= 0
    revenue = np.bincount(
        account[trade],
        weights=ledger.amounts.revenue[trade],
        minlength=ledger.customers.accounts,
    )
    return np.rint(revenue).astype(np.int64)
