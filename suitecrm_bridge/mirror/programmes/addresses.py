"""Whether a letter could arrive: as far as an address tells by itself."""

from __future__ import annotations

from sqlglot import exp

from suitecrm_bridge.catalogue.postcodes import postcodes


def macro() -> str:
    """Return the statement that makes `bad_postcode(country, postcode)`.

    It is true of a code that no letter of that country has; of a country that is not known nothing
    is said.
    """
    name = "trim(replace(lower(strip_accents(coalesce(country, ''))), '.', ''))"
    code = "upper(trim(coalesce(postcode, '')))"
    cases = " ".join(
        f"WHEN {name} IN ({', '.join(map(_quoted, one.names))})"
        f" THEN NOT regexp_full_match({code}, {_quoted(one.form)})"
        for one in postcodes()
    )
    return (
        "CREATE OR REPLACE TEMP MACRO bad_postcode(country, postcode) AS"
        f" {code} <> '' AND CASE {cases} ELSE false END"
    )


def _quoted(words: str) -> str:
    return exp.Literal.string(words).sql("duckdb")
