"""What postal codes look like in each country that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from suitecrm_bridge.catalogue.loader import data_folder
from suitecrm_bridge.catalogue.tables import Table, read

FILE = "postcodes.toml"


@dataclass(frozen=True)
class Postcode:
    """The form of a country's postal codes, a regular expression of the whole code in capitals.

    `names` are what the country is called, in lower case without accents.
    """

    country: str
    names: tuple[str, ...]
    form: str


@cache
def postcodes() -> tuple[Postcode, ...]:
    """Return the forms that are known.

    Raises:
        CatalogueError: the file cannot be used.
    """
    found = []
    for country, data in read(data_folder() / FILE).items():
        table = Table(FILE, country, data)
        table.allow({"names", "form"})
        form: str = table.get("form", str)
        try:
            re.compile(form)
        except re.error as error:
            raise table.fail(f"form: {error}") from error
        found.append(Postcode(country, table.texts("names"), form))
    return tuple(found)
