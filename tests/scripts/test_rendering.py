import inspect

import click
import pytest
from command_pages import EXIT_CODES, commands, exit_codes
from rendering import actions, faults, fields, segments, settings_example, settings_table, table

from suitecrm_bridge import errors, settings
from suitecrm_bridge.catalogue import action_rules, catalogue
from suitecrm_bridge.settings import Settings


@click.group()
@click.option("--lang", type=click.Choice(["en", "fr"]), help="Language to use.")
def tool(lang):
    """Do many things."""


@tool.command()
@click.argument("record_id", metavar="ID")
@click.option("--limit", default=20, show_default=True, help="How many | at most.")
def show(record_id, limit):
    """Show one thing.

    In detail.
    """


@tool.group()
def deep():
    """Go deeper."""


@deep.command("dive-in")
def dive_in():
    """Dive."""


@tool.command(hidden=True)
def secret():
    """Hide."""


def test_a_table_survives_bars_and_line_breaks():
    assert table(["a", "b"], [["x|y", "one\ntwo"]]) == (
        "| a | b |\n| --- | --- |\n| x\\|y | one two |"
    )


def test_every_command_is_documented_with_its_full_path():
    headings = [line for line in commands(tool, "tool").splitlines() if line.startswith("#")]
    assert headings == ["## tool", "## tool deep", "## tool deep dive-in", "## tool show"]


def test_a_command_shows_its_help_usage_and_options():
    section = commands(tool, "tool").partition("## tool show")[2]
    assert "Show one thing.\n\nIn detail." in section
    assert "    tool show [OPTIONS] ID" in section
    assert "`--limit INTEGER`" in section
    assert "How many \\| at most." in section
    assert "[default: 20]" in section


def test_the_help_option_is_not_repeated_for_each_command():
    assert "--help" not in commands(tool, "tool")


def test_a_hidden_command_stays_hidden():
    assert "Hide." not in commands(tool, "tool")


def test_every_exit_code_of_the_errors_is_documented():
    raised = {error.exit_code for error in vars(errors).values() if inspect.isclass(error)}
    assert raised <= set(EXIT_CODES)
    assert "| 8 | Another run holds the mirror. |" in exit_codes()


def test_a_field_shows_type_writer_and_both_labels():
    text = fields(catalogue())
    line = next(line for line in text.splitlines() if line.startswith("| `rfm_segment_c`"))
    assert [cell.strip() for cell in line.split("|")][2:6] == [
        "dropdown segment",
        "the bridge",
        "Segment",
        "Segment",
    ]
    assert "| `wallet_estimate_c` | decimal(" in text
    assert "relate to AOS_Products" in text


def test_modules_with_the_same_fields_share_a_table():
    text = fields(catalogue())
    assert "## Contacts and Accounts" in text
    assert text.count("`rfm_score_c`") == 1


def test_every_value_of_every_dropdown_is_listed():
    text = fields(catalogue())
    for name, values in catalogue().dropdowns.items():
        assert f"### {name}" in text
        for value, label in values.items():
            assert f"| `{value}` | {label['en']} | {label['fr']} |" in text


def test_the_grid_of_segments_has_the_best_customers_top_right():
    rows = [line for line in segments(catalogue()).splitlines() if "**recency" in line]
    assert len(rows) == 5
    assert [cell.strip() for cell in rows[0].split("|")][1::5] == ["**recency 5**", "Champions"]


def test_every_segment_has_its_label_in_both_languages():
    text = segments(catalogue())
    for segment in catalogue().segments.values():
        assert f"| {segment.label['en']} | {segment.label['fr']} |" in text


def test_every_rule_of_actions_stands_with_its_conditions_and_both_sentences():
    text = actions(catalogue(), action_rules(catalogue()))
    for rule in action_rules(catalogue()).rules:
        assert f"`{rule.key}`" in text
        assert rule.say["en"] in text
        assert rule.say["fr"].replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_the_example_file_names_every_setting_and_can_be_read(tmp_path):
    file = tmp_path / "config.env"
    file.write_text(settings_example(settings.table()), encoding="utf-8")
    for row in settings.table():
        assert f"{row.metadata['name']}=" in file.read_text(encoding="utf-8")
    read = Settings.read(environment={}, env_file=file)
    assert read.url == "https://crm.example.com"
    assert not read.client_secret


@pytest.mark.parametrize("row", settings.table(), ids=lambda row: row.name)
def test_the_default_in_the_example_file_is_the_real_one(row, tmp_path):
    example = settings_example(settings.table())
    if row.metadata["default"]:
        assert f"\n#{row.metadata['name']}={row.metadata['default']}\n" in example


def test_the_table_of_settings_has_a_line_each():
    lines = settings_table(settings.table()).splitlines()
    assert len(lines) == 2 + len(settings.table())
    assert "| `BRIDGE_LANG` | `en` |" in settings_table(settings.table())


def test_every_fault_is_told_in_both_languages():
    known = [message.fault for message in catalogue().messages.values() if message.fault]
    for lang in ("en", "fr"):
        told = faults(catalogue(), lang)
        assert told.count("\n| ") == len(known) + 2 * told.count("### ")
        assert "{" not in told
