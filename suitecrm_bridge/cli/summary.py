"""What a job did, as it is printed: what happened, and nothing that did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.cli.output import show_json, show_pairs
from suitecrm_bridge.i18n import number, text

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.summary import Summary

NAMED = 5
"""Of more fields that are missing only the number is said."""
_MESSAGE = ("campaign", "name", "lacking")
_MEMBERS = ("members_added", "members_removed", "members_left")


def show_summary(summary: Summary, form: str) -> None:
    """Print what a job did."""
    if form == "json":
        show_json(summary.as_dict())
        return
    rows = _read(summary)
    if summary.amounts:
        rows.append((text("cli.amounts"), text(f"report.amounts_{summary.amounts}")))
    if summary.only_totals:
        rows.append((text("cli.only_totals"), summary.only_totals))
    if "push" in summary.seconds:
        rows += _pushed(summary)
    for key in ("deferred", "reactions", "reactions_left", *_MEMBERS):
        if count := getattr(summary, key):
            rows.append((text(f"cli.{key}"), count))
    rows += [(text("cli.missing", module=m), _lacking(m, f)) for m, f in summary.missing.items()]
    rows += [(text("cli.unreadable"), module) for module in summary.unreadable]
    if summary.stale:
        since = (f"{name} {shown_day or '–'}" for name, shown_day in summary.stale.items())
        rows.append((text("cli.stale"), ", ".join(since)))
    rows += [(text("cli.withheld", module=m), ", ".join(f)) for m, f in summary.withheld.items()]
    rows += [(text(f"cli.task_{task['will']}"), task["title"]) for task in summary.tasks]
    rows += _programmes(summary)
    rows.append((text("cli.seconds"), f"{sum(summary.seconds.values()):.1f}"))
    show_pairs(rows)


def _read(summary: Summary) -> list[tuple[str, Any]]:
    """Return what was read and scored; of modules those in which something changed."""
    changed = {module: count for module, count in summary.pulled.items() if count}
    skipped = {text(f"cli.skipped_{why}"): n for why, n in summary.skipped.items() if n}
    told = {
        "pulled": changed or (summary.pulled and text("cli.nothing")),
        "deleted": summary.deleted,
        "scored": summary.scored,
        "rejected": summary.rejected,
        "skipped": skipped,
        "unbearable": summary.unbearable,
    }
    named = {key: what if isinstance(what, str) else _counts(what) for key, what in told.items()}
    return [(text(f"cli.{key}"), words) for key, words in named.items() if words]


def _pushed(summary: Summary) -> list[tuple[str, Any]]:
    """Return what was written, and what was not; that nothing was is said once."""
    rows: list[tuple[str, Any]] = []
    if summary.planned != summary.written:
        rows.append((text("cli.planned"), summary.planned))
    rows.append((text("cli.written"), summary.written or text("cli.nothing")))
    left = {"unchanged": summary.unchanged, "failed": summary.failed}
    return rows + [(text(f"cli.{key}"), count) for key, count in left.items() if count]


def _lacking(module: str, names: Sequence[str]) -> str:
    """Return fields that SuiteCRM lacks; a list of dozens, or of all, tells nobody anything."""
    few = len(names) <= min(NAMED, len(catalogue().fields_of(module, "bridge")) - 1)
    return ", ".join(names) if few else text("cli.missing_fields", count=len(names))


def _programmes(summary: Summary) -> list[tuple[str, str]]:
    rows = [
        (text(f"cli.switch_{one['will']}"), text("cli.switch", key=one["programme"], by=one["by"]))
        for one in summary.switches
    ]
    for key, decided in summary.programmes.items():
        some = {text(f"programmes.decision_{name}"): n for name, n in decided.items() if n}
        rows.append((text("cli.programme", key=key), _counts(some) or "–"))
    if summary.deliveries:
        named = {text(f"programmes.channel_{way}"): n for way, n in summary.deliveries.items()}
        rows.append((text("cli.deliveries"), _counts(named)))
    for one in summary.messages:
        label = text(f"cli.message_{one['stands']}")
        rows.append((label, text("cli.message", **{name: one[name] for name in _MESSAGE})))
    return rows


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number(count)}" for name, count in counts.items() if count)
