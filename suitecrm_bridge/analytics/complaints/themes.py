"""Themes in the texts of complaints: found, kept by name from run to run, and given to cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from suitecrm_bridge.analytics.complaints.lexicon import Lexicon
from suitecrm_bridge.analytics.complaints.naming import named_themes
from suitecrm_bridge.analytics.complaints.topics import topics
from suitecrm_bridge.analytics.complaints.words import Reader
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import Language, Theme, ThemeRules, theme_rules
from suitecrm_bridge.i18n import number, text

EXAMPLES = 3
_PART = 20_000
_SUBJECT = 2
"""How often a subject counts: it says what a text is about with fewer words."""


@dataclass(frozen=True)
class Themes:
    """The themes of a run; `keep` them, and give them to the next run as `known`.

    `titles` says what each theme of `case_themes` is called, by slug; `texts` is how many texts
    there were, `sorted` how many of them have a theme, `fewest` how many there have to be.
    """

    keep: tuple[Theme, ...]
    titles: Mapping[str, str]
    texts: int
    sorted: int
    fewest: int

    def missing(self, lang: Language | None = None) -> str:
        """Return in a sentence why there are no themes, "" where there are some."""
        if self.sorted:
            return ""
        shown = {"texts": number(self.texts, lang), "fewest": number(self.fewest, lang)}
        if self.texts < self.fewest:
            return text("complaints.too_few_texts", lang, **shown)
        return text("complaints.no_themes", lang, **shown)


def compute(
    engine: SqlEngine,
    known: Sequence[Theme] = (),
    rules: ThemeRules | None = None,
    names: Collection[str] = (),
) -> Themes:
    """Find what the complaints are about, into the table `case_themes`.

    Tables in: `complaint_timeline`, as `timeline.prepare` leaves it; `case_texts` (case_id,
    subject, body: texts in any language, "" where there is none); `name_words` (word: a name of a
    person, a product or a competitor, which is never a word of a theme).
    Columns out, a row for each complaint that has a theme: case_id, theme (slug), strength (cosine
    of text and theme in ten-thousandths). The table `theme_titles` has theme and title.

    Topics are looked for in a sample (see `topics`) of texts weighted by tf-idf; those that are
    like a known one take its name, the others get a new one, and known ones that were not found
    again stay as they were. A text has the theme that it is most like, if it is enough so.

    Args:
        engine: holds the tables.
        known: the themes of earlier runs.
        rules: the catalogue's themes.toml, with what people named; default, as it is shipped.
        names: more names, beside those of `name_words`.

    Raises:
        DataError: a table is missing.
    """
    rules = rules or theme_rules()
    count = int(engine.fetch("theme_size")["texts"].iloc[0])
    reader = Reader(rules, [*engine.fetch("name_words")["word"], *names])
    themes: tuple[Theme, ...] = ()
    if count >= rules.fewest:
        lexicon = Lexicon(reader, _texts(_part(engine, 0, rules.sample)), rules)
        themes = named_themes(lexicon, topics(lexicon.weights, rules.most), known, rules)
        found = pd.concat(
            [_sorted(lexicon, themes, part, rules) for part in _parts(engine, count)],
            ignore_index=True,
        )
    else:
        themes, found = tuple(known), _sorted_none()
    engine.table("case_themes", found)
    titles = {theme.slug: theme.title for theme in themes}
    titles |= {slug: named.title for slug, named in rules.named.items() if named.title}
    shown = pd.DataFrame(list(titles.items()), columns=["theme", "title"], dtype="string")
    engine.table("theme_titles", shown)
    return Themes(themes, titles, count, len(found), rules.fewest)


def examples(engine: SqlEngine, number: int = EXAMPLES) -> pd.DataFrame:
    """Return the cases that are most like each theme, after `compute`.

    Columns out: theme (slug), case_id, strength, place (from 1).
    """
    engine.values("theme_parameters", {"examples": number})
    return engine.fetch("theme_examples")


def _parts(engine: SqlEngine, count: int) -> Iterator[pd.DataFrame]:
    for start in range(0, count, _PART):
        yield _part(engine, start, start + _PART)


def _part(engine: SqlEngine, after: int, last: int) -> pd.DataFrame:
    span = pd.DataFrame({"after_place": [after], "last_place": [last]})
    engine.table("theme_span", span)
    return engine.fetch("theme_part")


def _texts(part: pd.DataFrame) -> list[str]:
    subjects = ((part["subject"] + "\n") * _SUBJECT).tolist()
    return [subject + body for subject, body in zip(subjects, part["body"], strict=True)]


def _sorted(
    lexicon: Lexicon, themes: Sequence[Theme], part: pd.DataFrame, rules: ThemeRules
) -> pd.DataFrame:
    best, strength = lexicon.likeness(_texts(part), themes, rules)
    enough = strength >= rules.strength * 100
    slugs = [rules.place(theme.slug) for theme in themes]
    return pd.DataFrame(
        {
            "case_id": part["case_id"][enough],
            "theme": pd.array([slugs[index] for index in best[enough]], dtype="string"),
            "strength": strength[enough],
        }
    )


def _sorted_none() -> pd.DataFrame:
    columns = {"case_id": "string", "theme": "string", "strength": "int64"}
    return pd.DataFrame(columns=list(columns)).astype(columns)
