"""When two ids are the same.

SuiteCRM's database compares ids without regard to case and to blanks at the end, so that an invoice
may name its contact otherwise than the contact names itself. A record keeps the spelling that
SuiteCRM gives it; whoever refers to it is recognised by what this makes of both.
"""

from __future__ import annotations


def canonical(id: str) -> str:
    """Return what all spellings of an id have in common."""
    return id.rstrip(" ").lower()


def canonical_sql(expression: str) -> str:
    """Return the same as an expression of SQL."""
    return f"lower(rtrim({expression}, ' '))"
