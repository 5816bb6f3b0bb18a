"""Who has done nothing for so long that their data is no longer needed."""

from __future__ import annotations

from datetime import date

import duckdb

_ACTS = """
SELECT id, date_entered AS at FROM {table}
UNION ALL SELECT billing_contact_id, invoice_date FROM invoices
UNION ALL SELECT p.id, i.invoice_date FROM {table} p
    JOIN invoices i ON i.billing_account_id = p.account_id
UNION ALL SELECT p.id, o.date_closed FROM {table} p JOIN opportunities o USING (account_id)
UNION ALL SELECT l.contact_id, o.date_closed FROM opportunities_contacts l
    JOIN opportunities o ON o.id = l.opportunity_id
UNION ALL SELECT l.contact_id, k.date_entered FROM contacts_cases l JOIN cases k ON k.id = l.case_id
UNION ALL SELECT contact_id, date_entered FROM survey_responses
UNION ALL SELECT target_id, activity_date FROM campaign_log WHERE activity_type = 'link'
"""
"""What a person did: entered, bought, they or their company, wrote, answered or clicked. That a
mail was opened tells of a program that loads pictures, and counts for nothing."""


def idle(connection: duckdb.DuckDBPyConnection, before: date) -> list[tuple[str, str]]:
    """Return module and id of the contacts and leads who did nothing from that day on.

    Of a lead that became a contact the contact decides.
    """
    found: list[tuple[str, str]] = []
    for module, table in (("Contacts", "contacts"), ("Leads", "leads")):
        own = " AND p.contact_id IS NULL" if module == "Leads" else ""
        rows = connection.execute(
            f"SELECT p.id FROM {table} p WHERE NOT EXISTS (SELECT 1"
            f" FROM ({_ACTS.format(table=table)}) a WHERE a.id = p.id AND a.at >= ?)"
            f"{own} ORDER BY p.id",
            [before],
        ).fetchall()
        found += [(module, id) for (id,) in rows]
    return found
