"""What a task about a complaint says: whose it is, what they are worth, and what to say first."""

from __future__ import annotations

from collections.abc import Iterator

from suitecrm_bridge.analytics.complaints.reactions import Row
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.catalogue import Language, Reaction, catalogue
from suitecrm_bridge.i18n import amount, day, decimal, number, text

LONGEST_TITLE = 50
"""Characters that SuiteCRM keeps of a task's subject."""


def title_of(rule: Reaction, row: Row, lang: Language) -> str:
    """Return the subject of the task; a long name is cut, not what follows it."""
    words = rule.title[lang]
    given = _given(rule, row, lang)
    name = "value" if rule.alarms else "customer"
    over = len(words.format(**given)) - LONGEST_TITLE
    if over > 0 and len(given[name]) > over + 1:
        given[name] = given[name][: -over - 1].rstrip() + "…"
    return words.format(**given)[:LONGEST_TITLE].rstrip()


def words_of(rule: Reaction, row: Row, lang: Language) -> str:
    """Return the description of the task: what to say first, then what there is to know."""
    first = rule.say[lang].format(**_given(rule, row, lang))
    known = _of_alarm(row, lang) if rule.alarms else "\n".join(_of_case(row, lang))
    return f"{text('reactions.say_first', lang)}\n{first}\n\n{known}"


def _given(rule: Reaction, row: Row, lang: Language) -> dict[str, str]:
    if rule.alarms:
        return {"value": row["title"] or text("reactions.unknown", lang)}
    named = row["name"] or text("reactions.unknown_customer", lang)
    return {"customer": named, "number": row["number"] or "–"}


def _of_case(row: Row, lang: Language) -> Iterator[str]:
    yield text(
        "reactions.case",
        lang,
        number=row["number"] or "–",
        subject=row["subject"] or "–",
        day=day(to_date(row["created_day"]), lang),
        priority=row["priority"] or "–",
    )
    if row["customer_id"] is None:
        return
    yield text(
        "reactions.customer",
        lang,
        name=row["name"] or "–",
        segment=_segment(row["segment"], lang),
        lifecycle=_label("lifecycle", row["lifecycle"], lang),
        risk=_label("churn_risk", row["churn_risk"], lang),
    )
    yield from _worth(row, lang)
    so_far = row["complaints"] or 1
    yield text("reactions.complaints", lang, count=so_far, shown=number(so_far, lang))


def _worth(row: Row, lang: Language) -> Iterator[str]:
    if not row["purchases"] or row["last_day"] is None:
        yield text("reactions.no_purchase", lang)
        return
    yield text(
        "reactions.purchases",
        lang,
        count=row["purchases"],
        shown=number(row["purchases"], lang),
        total=amount(row["total_cents"], lang),
        day=day(to_date(row["last_day"]), lang),
    )
    if row["clv_cents"] is not None:
        yield text("reactions.expected", lang, amount=amount(row["clv_cents"], lang))


def _of_alarm(row: Row, lang: Language) -> str:
    return text(
        "reactions.alarm",
        lang,
        dimension=text(f"reactions.of_{row['dimension']}", lang),
        value=row["title"],
        count=row["number"],
        shown=number(row["number"], lang),
        day=day(to_date(row["since_day"]), lang),
        expected=decimal(row["expected"], 1, lang),
        z=decimal(row["z"], 1, lang),
    )


def _segment(key: str | None, lang: Language) -> str:
    segment = catalogue().segments.get(key or "")
    return segment.label[lang] if segment else "–"


def _label(dropdown: str, key: str | None, lang: Language) -> str:
    label = catalogue().dropdowns.get(dropdown, {}).get(key or "")
    return label[lang] if label else key or "–"
