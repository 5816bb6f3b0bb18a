"""Canonical facts for the analytics: epoch days, hundredths of the base currency, no null keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

import duckdb

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Rule, complaint_rules
from suitecrm_bridge.catalogue.bearable import EARLIEST, LATEST
from suitecrm_bridge.mirror import soundness
from suitecrm_bridge.mirror.conversion import make_table
from suitecrm_bridge.mirror.statements import run

_OF_CUSTOMERS = (
    "service_facts",
    "complaint_facts",
    "wallet_facts",
    "fraud_facts",
    "group_facts",
    "touch_facts",
    "attempt_facts",
    "kept_actions",
    "opt_out_facts",
    "moment_facts",
    "engagement_facts",
    "wish_facts",
)
_TEXTS: Mapping[str, str] = {
    "invoices": "SELECT i.invoice_id, i.cents, t.words FROM invoice_facts i JOIN ("
    " SELECT id, name AS words FROM invoices UNION ALL"
    " SELECT parent_id, name FROM invoice_lines WHERE parent_type = 'AOS_Invoices'"
    ") t ON t.id = i.invoice_id WHERE i.status <> 'Cancelled'",
    "opportunities": "SELECT o.opportunity_id, o.cents, t.words FROM opportunity_facts o JOIN ("
    " SELECT id, concat_ws(' / ', name, description) AS words FROM opportunities"
    ") t ON t.id = o.opportunity_id WHERE o.stage = 'Closed Won'",
}
"""Purchases with their texts: names of invoices and of their lines, and what deals are about."""
_FOLDER = files("suitecrm_bridge.mirror") / "sql"


Amounts = Literal["net", "gross"]


@dataclass(frozen=True)
class Counting:
    """How records become facts.

    `amounts`: what of an invoice counts as bought, net of tax and shipping or with both (gross).
    `zone`: where people work; a day is a day there. `rule`: which cases are complaints.
    """

    amounts: Amounts = "net"
    zone: ZoneInfo = ZoneInfo("UTC")
    rule: Rule = field(default_factory=lambda: complaint_rules().rule)

    @property
    def there(self) -> str:
        """What the clock shows at `moment`, which is UTC, where people work, in SQL."""
        if self.zone.key == "UTC":
            return "moment"
        return f"timezone('{self.zone.key}', timezone('UTC', moment))"


USUAL = Counting()


class Facts:
    """Temporary views of the canonical facts; the files in `sql` define them.

    `counting` says how records become facts.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, counting: Counting = USUAL) -> None:
        self.connection = connection
        self.counting = counting
        self._defined: dict[str, Rule] = {}
        soundness.define(connection)
        connection.execute(
            "CREATE OR REPLACE TEMP MACRO business_day(moment) AS"
            f" date_diff('day', DATE '1970-01-01', CAST({counting.there} AS DATE))"
        )
        connection.execute(
            "CREATE OR REPLACE TEMP MACRO business_hour(moment) AS"
            f" CAST(extract(hour FROM {counting.there}) AS BIGINT)"
        )
        self._define("facts")

    def define_value(self, rule: Rule | None = None) -> None:
        """Make the views of what customers bring and cost, which only their scoring needs.

        Those of customers come for contacts, for accounts, and `_of_all` with both.

        Args:
            rule: which cases are complaints; default, as the mirror counts.
        """
        rule = rule or self.counting.rule
        if not self._is_new("value", rule):
            return
        self.define_rule(rule)
        self._define("value_facts")
        for entity in ENTITY_MODULES:
            self._define("customer_facts", entity)
        self._unite(_OF_CUSTOMERS)

    def define_complaints(self, rule: Rule | None = None) -> None:
        """Make the views of complaints, of who makes them, and of answers to surveys.

        Beside those in complaint_facts.sql and text_facts.sql there are
        `complaint_facts_<entity>`, as `define_value` makes them too, and
        `customer_scores_<entity>` (customer_id, segment, lifecycle, clv_cents), empty where
        nothing was scored yet.

        Args:
            rule: which cases are complaints; default, as the mirror counts.
        """
        rule = rule or self.counting.rule
        self.define_value(rule)
        if self._is_new("complaints", rule):
            self._define("complaint_facts")
            self._define("text_facts")
            self._unite(["survey_facts"])
        for entity in ENTITY_MODULES:
            self._define_scored(entity)

    def who_complains(self) -> Entity:
        """Return the kind of customer with more complaints; contacts where both have as many."""
        self.define_complaints()
        counts = {
            entity: self.connection.execute(
                f"SELECT count(*) FROM case_customers_{entity}"
            ).fetchall()[0][0]
            for entity in ENTITY_MODULES
        }
        return max(counts, key=counts.__getitem__)

    def define_reactions(self) -> None:
        """Make the views of what tasks about complaints tell; customers must have been scored."""
        self._define("reaction_facts")

    def define_leads(self) -> None:
        """Make the views of leads and targets: whence they came, what was done with them."""
        self.define_value()
        self._define("lead_facts")

    def lead_names(self) -> dict[str, str]:
        """Return the names of leads and targets by their ids."""
        rows = self.connection.execute(
            "SELECT id, concat_ws(' ', first_name, last_name) FROM leads UNION ALL"
            " SELECT id, concat_ws(' ', first_name, last_name) FROM targets"
        )
        return dict(rows.fetchall())

    def product_names(self) -> dict[str, str]:
        """Return the names of the products by their ids."""
        rows = self.connection.execute("SELECT id, name FROM products WHERE name <> ''")
        return dict(rows.fetchall())

    def _is_new(self, facts: str, rule: Rule) -> bool:
        """Return whether these facts are to be made, and note that they are."""
        known = self._defined.get(facts)
        self._defined[facts] = rule
        return known != rule

    def define_rule(self, rule: Rule | None = None) -> None:
        """Make the view `complaints` of the cases that count; default, as the mirror counts."""
        rule = rule or self.counting.rule
        words = [("type", word) for word in rule.types]
        words += [("left_out", word) for word in rule.left_out]
        words += [("rejected", word) for word in rule.rejected]
        make_table(
            self.connection, "TEMP TABLE complaint_rule", {"counts": "VARCHAR"}, [[rule.counts]]
        )
        types = {"kind": "VARCHAR", "word": "VARCHAR"}
        make_table(self.connection, "TEMP TABLE complaint_words", types, words)
        self._define("complaint_rule")

    def _unite(self, names: Iterable[str]) -> None:
        """Make `<name>_of_all` of what is told apart for contacts and accounts."""
        for name in names:
            parts = " UNION ALL ".join(f"FROM {name}_{entity}" for entity in ENTITY_MODULES)
            run(self.connection, f"CREATE OR REPLACE TEMP VIEW {name}_of_all AS {parts}")

    def _define_scored(self, entity: Entity) -> None:
        present = self.connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"scores_{entity}"]
        ).fetchall()
        wanted = {
            "segment": ("rfm_segment", "coalesce(rfm_segment, '')", "''"),
            "lifecycle": ("lifecycle", "coalesce(lifecycle, '')", "''"),
            "clv_cents": ("clv", "CAST(round(100 * clv) AS BIGINT)", "CAST(NULL AS BIGINT)"),
        }
        columns = ", ".join(
            f"{known if (column,) in present else unknown} AS {name}"
            for name, (column, known, unknown) in wanted.items()
        )
        source = f"scores_{entity}" if present else f"customers_{entity} WHERE false"
        self.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW customer_scores_{entity} AS"
            f" SELECT customer_id, {columns} FROM {source}"
        )

    def _define(self, name: str, entity: str = "") -> None:
        script = (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
        filled = {"entity": entity, "earliest": EARLIEST, "latest": LATEST}
        for name, value in (filled | {"amount": self.counting.amounts}).items():
            script = script.replace(f"{{{name}}}", str(value))
        run(self.connection, script)

    def has_invoices(self) -> bool:
        """Return whether any invoice is mirrored."""
        return bool(self.connection.execute("SELECT 1 FROM invoices LIMIT 1").fetchall())

    def only_totals(self, source: str) -> int:
        """Count the purchases in "invoices" of which nothing but the total is known.

        Where amounts are net, they count as they stand. A won opportunity has nothing else: 0.
        """
        if source != "invoices" or self.counting.amounts == "gross":
            return 0
        ((count,),) = self.connection.execute(
            "SELECT count(*) FROM invoices_in_base JOIN invoice_facts ON invoice_id = id"
            " WHERE only_total AND invoice_facts.status <> 'Cancelled'"
        ).fetchall()
        return int(count)

    def texts(
        self, source: Literal["invoices", "opportunities"], prefixes: Collection[str]
    ) -> list[tuple[str, int, str]]:
        """Return (purchase, its cents, text) where a prefix may stand in a text of a purchase."""
        plain = r"upper(regexp_replace(words, '[^\pL\d]+', '', 'g'))"
        return self.connection.execute(
            f"SELECT * FROM ({_TEXTS[source]}) WHERE EXISTS (SELECT 1 FROM"
            f" (SELECT unnest(?::VARCHAR[]) AS prefix) WHERE contains({plain}, prefix))"
            " ORDER BY ALL",
            [list(prefixes)],
        ).fetchall()

    def first_purchase(self, source: str) -> date | None:
        """Return the day of the first purchase in "invoices" or "opportunities"."""
        facts, counts = {
            "invoices": ("invoice_facts", "status <> 'Cancelled'"),
            "opportunities": ("opportunity_facts", "stage = 'Closed Won'"),
        }[source]
        ((day,),) = self.connection.execute(
            "SELECT CAST(DATE '1970-01-01' + CAST(min(day) AS INTEGER) AS DATE)"
            f" FROM {facts} WHERE cents > 0 AND {counts}"
        ).fetchall()
        return day if isinstance(day, date) else None

    def skipped(self, source: str) -> dict[str, int]:
        """Count the rows of `source` ("invoices" or "opportunities") that count for nobody, by why.

        Some are no facts: without_date, without_base_amount, unbearable. Others are purchases whose
        customer is not known, named only where there are any: without_customer (neither contact
        nor account), unknown_customer (one that is not there).
        """
        unbearable, without_date, without_amount = self.connection.execute(
            "SELECT count(*) FILTER (set_apart),"
            " count(*) FILTER (NOT set_apart AND fact_date IS NULL),"
            " count(*) FILTER (NOT set_apart AND fact_date IS NOT NULL)"
            f" FROM {source}_in_base WHERE fact_date IS NULL OR amount_in_base IS NULL"
        ).fetchall()[0]
        strangers = self.connection.execute(
            f"SELECT why, count(*) FROM purchases_of_nobody_{source} GROUP BY why"
        ).fetchall()
        return {
            "without_date": int(without_date),
            "without_base_amount": int(without_amount),
            "unbearable": int(unbearable),
            **{why: int(count) for why, count in sorted(strangers, reverse=True)},
        }
