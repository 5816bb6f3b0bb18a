"""What figures are made from: modules, link tables and histories, each a source with a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from suitecrm_bridge.catalogue.model import Catalogue, Field
from suitecrm_bridge.errors import CatalogueError

PURCHASES = "purchases"
"""Stands for the sources of what counts as a purchase."""
PURCHASES_OF: Mapping[str, tuple[str, ...]] = {
    "invoices": ("AOS_Invoices",),
    "opportunities": ("Opportunities", "opportunities_contacts", "accounts_opportunities"),
}
"""Those sources, by what counts as a purchase."""
HISTORY = "_history"
"""Ends the name of what a module's records held before."""
CUSTOMERS = ("Contacts", "Accounts")


def history_of(module: str) -> str:
    """Return the name of the source that is a module's history."""
    return module + HISTORY


def sources(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the name of every source: modules, link tables, histories."""
    histories = [history_of(key) for key, module in catalogue.modules.items() if module.history]
    return (*catalogue.modules, *catalogue.links, *histories)


def needs(catalogue: Catalogue, field: Field, module: str, purchases: str) -> frozenset[str]:
    """Return the sources of a figure on the records of a module, those records among them.

    Args:
        catalogue: knows the links.
        field: where the figure stands.
        module: on whose records.
        purchases: what counts as a purchase: invoices or opportunities.
    """
    named = [module]
    for need in field.needs:
        named += PURCHASES_OF[purchases] if need == PURCHASES else [need]
    return frozenset(name for name in named if _concerns(catalogue, name, module))


def all_needs(catalogue: Catalogue, modules: Iterable[str], purchases: str) -> frozenset[str]:
    """Return every source that some figure of the bridge's on these modules is made from."""
    found = (
        needs(catalogue, field, module, purchases)
        for module in modules
        for field in catalogue.fields_of(module, "bridge")
    )
    return frozenset().union(*found)


def check_needs(where: str, field: Field, catalogue: Catalogue) -> None:
    """Refuse a field whose figure is made from something that there is not.

    Raises:
        CatalogueError: a source is unknown, or the field is none of the bridge's.
    """
    if field.needs and field.writer != "bridge":
        raise CatalogueError(f"{where}: needs is only for figures of the bridge's")
    known = {PURCHASES, *sources(catalogue)}
    for name in field.needs:
        if name not in known:
            raise CatalogueError(f"{where}: needs names {name!r}; allowed are {sorted(known)}")


def _concerns(catalogue: Catalogue, source: str, module: str) -> bool:
    """Whether a source says anything of a module's records: a link of other customers does not."""
    link = catalogue.links.get(source)
    if link is None or module not in CUSTOMERS:
        return True
    return module in (link.module, link.other_module)
