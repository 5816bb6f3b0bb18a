"""Who has done nothing for so long that their data is no longer needed."""

from __future__ import annotations

from datetime import date

import duckdb

_ACTS = """
SELECT id, date_entered AS at FROM {table}
UNION ALL SELECT billing_contact_id, invoice_date FROM invoices
UNION ALL SELECT l.contact_id, o.date_closed FROM opportunities_contacts l
    JOIN opportunities o ON o.id = l.opportunity_id
UNION ALL SELECT l.contact_id, k.date_entered FROM contacts_cases l JOIN cases k ON k.id = l.case_id
UNION ALL SELECT contact_id, date_entered FROM survey_responses
UNION ALL SELECT target_id, activity_date FROM campaign_log WHERE activity_type = 'link'
"""
"""What a person did: entered, bought, wrote, answered or clicked. That a mail was opened tells of
a program that loads pictures, and counts for nothing."""
_OF_COMPANIES = """
UNION ALL SELECT p.id, i.invoice_date FROM {table} p
    JOIN invoices i ON i.billing_account_id = p.account_id
UNION ALL SELECT p.id, o.date_closed FROM {table} p JOIN opportunities o USING (account_id)
"""
"""What their company bought; nobody notes the company of a target."""

_PEOPLE = (
    ("Contacts", "contacts", ""),
    ("Leads", "leads", "contact_id"),
    ("Prospects", "targets", "lead_id"),
)
"""Modules of people, their tables, and the column that says what became of them."""


def idle(connection: duckdb.DuckDBPyConnection, before: date) -> list[tuple[str, str]]:
    """Return module and id of the contacts, leads and targets who did nothing from that day on.

    Of a lead that became a contact the contact decides, of a target that became a lead the lead.
    """
    found: list[tuple[str, str]] = []
    for module, table, later in _PEOPLE:
        own = f" AND p.{later} IS NULL" if later else ""
        acts = _OF_COMPANIES.format(table=table) if later != "lead_id" else ""
        rows = connection.execute(
            f"SELECT p.id FROM {table} p WHERE NOT EXISTS (SELECT 1"
            f" FROM ({_ACTS.format(table=table)}{acts}) a WHERE a.id = p.id AND a.at >= ?)"
            f"{own} ORDER BY p.id",
            [before],
        ).fetchall()
        found += [(module, id) for (id,) in rows]
    return found
