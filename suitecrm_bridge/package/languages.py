"""Labels, help texts, dropdown values and messages as SuiteCRM's language files."""

from __future__ import annotations

from collections.abc import Mapping

from suitecrm_bridge.catalogue import (
    LANGUAGES,
    SEGMENT_LIST,
    Catalogue,
    Field,
    Language,
    Message,
    Rules,
    Translated,
    Translation,
    manners,
    screens,
    shipped,
    translations,
)
from suitecrm_bridge.errors import CatalogueError
from suitecrm_bridge.package.labels import (
    CARD_LABEL,
    FILE,
    PANEL,
    PREFIX,
    WATCH_LABEL,
    dropdown_list,
    field_help,
    field_label,
    group_label,
)
from suitecrm_bridge.package.php import assignments, literal

# One file whose name holds both codes serves both; two files that differ in case alone would be
# one on Windows.
_ALSO = {"it_IT": "it_it"}
SAY = "card_say_"
CARD_TITLE = "card"
"""What the label of the card is called among the titles of panels."""
_APPLICATION = "Extension/application/Ext/Language"
_SCHEDULERS = "Extension/modules/Schedulers/Ext/Language"
_LOG = "campainglog_activity_type_dom"
"""SuiteCRM's own list of what may stand in a campaign's log, in its own spelling."""
_FIRST_ASKED = "8.9"
"""The first version that asks about recipients; its log has a word for each who was refused."""
_ADDED = """if (version_compare((static function () {{
    is_file('suitecrm_version.php') && include 'suitecrm_version.php';
    return $suitecrm_version ?? '';
}})(), '{first}', '>=')) {{
    $app_list_strings['{log}'] = ($app_list_strings['{log}'] ?? (static function () {{
        $app_list_strings = [];
        include 'include/language/{code}.lang.php';
        return $app_list_strings['{log}'] ?? [];
    }})()) + {words};
}}
"""
REFUSED = (
    "control", "left", "opted_out", "invalid", "withdrawn", "objects", "cap", "unknown",
)  # fmt: skip
"""Why the package refuses a recipient."""


def language_files(rules: Rules) -> dict[str, str]:
    """Return every language file by its path in SuiteCRM's `custom` folder."""
    catalogue = rules.catalogue
    files: dict[str, str] = {}
    for lang, manner in manners().items():
        files.update(_own(rules, manner.suitecrm, lang))
    for translation in translations(shipped()):
        files.update(_translated(catalogue, translation))
    return files


def _segments(catalogue: Catalogue, translation: Translation) -> dict[str, str]:
    """Return labels of segments; one that an installation named itself has only its own label."""
    known = shipped().segments
    return {
        key: translation.dropdowns[SEGMENT_LIST][key]
        if key in known and known[key].label == segment.label
        else segment.label[LANGUAGES[0]]
        for key, segment in catalogue.segments.items()
    }


def _own(rules: Rules, code: str, lang: Language) -> dict[str, str]:
    catalogue = rules.catalogue
    lists = {
        name: {key: label[lang] for key, label in values.items()}
        for name, values in catalogue.dropdowns.items()
    }
    panels = {
        panel: catalogue.messages[f"package.panel_{panel}"].other[lang]
        for screen in screens(catalogue).values()
        for panel in (CARD_TITLE, screen.panel, *screen.groups)
    }
    texts = {**messages(catalogue), **_sentences(rules)}
    strings = {_app_string(name): text[lang] for name, text in texts.items()}
    labels = {name: field.label[lang] for name, field in catalogue.fields.items()}
    helps = {name: field.help[lang] for name, field in catalogue.fields.items()}
    return {
        f"{_APPLICATION}/{_name(code)}": assignments({**strings, **_lists(lists)})
        + _log(catalogue, code, lang),
        **_modules(catalogue, code, labels, panels, helps),
        f"{_SCHEDULERS}/{_name(code)}": assignments(
            {f"$mod_strings['{WATCH_LABEL}']": texts["watch_name"][lang]}
        ),
    }


def _log(catalogue: Catalogue, code: str, lang: Language) -> str:
    """Return what adds words to the list of what stands in a campaign's log.

    SuiteCRM takes a list of a fragment in the place of its own, so its own goes in, too. Where
    nobody is asked about recipients the words would be empty columns in each campaign's chart.
    """
    words = {
        f"blocked-programme-{why.replace('_', '-')}": catalogue.messages[
            f"campaigns.blocked_{why}"
        ].other[lang]
        for why in REFUSED
    }
    return _ADDED.format(code=code, log=_LOG, first=_FIRST_ASKED, words=literal(words, 1))


def _translated(catalogue: Catalogue, translation: Translation) -> dict[str, str]:
    code = translation.code
    lists = {**translation.dropdowns, SEGMENT_LIST: _segments(catalogue, translation)}
    return {
        f"{_APPLICATION}/{_name(code)}": assignments(_lists(lists)),
        **_modules(catalogue, code, translation.fields, translation.panels, {}),
    }


def messages(catalogue: Catalogue) -> dict[str, Translated]:
    """Return the texts of the package by their name, singular forms as `<name>_one`.

    Raises:
        CatalogueError: two files of messages have a text of the same name.
    """
    found: dict[str, Translated] = {}
    for message in catalogue.messages.values():
        room, _, name = message.key.partition(".")
        if room != "package" and not room.startswith("package_"):
            continue
        for key, text in _forms(name, message).items():
            if key in found:
                raise CatalogueError(f"messages/{room}.toml: [{key}] stands in another file too")
            found[key] = text
    return found


def _sentences(rules: Rules) -> dict[str, Translated]:
    """Return why an action is the next one, by the name of its rule: the card says it anew."""
    return {f"{SAY}{rule.key}": rule.say for rule in rules.actions.rules}


def _forms(name: str, message: Message) -> dict[str, Translated]:
    forms = {name: message.other}
    return {**forms, f"{name}_one": message.one} if message.one else forms


def _modules(
    catalogue: Catalogue,
    code: str,
    labels: Mapping[str, str],
    panels: Mapping[str, str],
    helps: Mapping[str, str],
) -> dict[str, str]:
    files = {}
    for module, screen in screens(catalogue).items():
        strings = {PANEL: panels[screen.panel]}
        strings |= {CARD_LABEL: panels[CARD_TITLE]} if screen.card else {}
        strings |= {group_label(name): panels[name] for name in screen.groups}
        for field in catalogue.fields_of(module):
            strings |= _field_strings(field, labels, helps)
        content = assignments({f"$mod_strings['{key}']": text for key, text in strings.items()})
        files[f"Extension/modules/{module}/Ext/Language/{_name(code)}"] = content
    return files


def _field_strings(
    field: Field, labels: Mapping[str, str], helps: Mapping[str, str]
) -> dict[str, str]:
    label = labels[field.name]
    strings = {field_label(field.name): label}
    if field.name in helps:
        strings[field_help(field.name)] = helps[field.name]
    if field.id_name:
        strings[field_label(field.id_name)] = f"{label} (ID)"
    return strings


def _lists(dropdowns: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {
        f"$app_list_strings['{dropdown_list(name)}']": {"": "", **values}
        for name, values in dropdowns.items()
    }


def _name(code: str) -> str:
    codes = [code, _ALSO[code]] if code in _ALSO else [code]
    return ".".join([*codes, FILE, "php"])


def _app_string(name: str) -> str:
    return f"$app_strings['{PREFIX}{name.upper()}']"
