"""What a preview says of what programmes can show, on a SuiteCRM with demo data."""

import json

import pytest

from tests.flows.test_programme_commands import own_file
from tests.flows.test_programmes import HELLO


def previewed(world, *, lang="en", content=HELLO):
    own_file(world, content)
    options = ("programmes", "preview", "hello", "--format", "json")
    result = world.command("--lang", lang, *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["said"]


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "no effect can be found"), ("fr", "aucun effet ne peut être trouvé")]
)
def test_a_preview_says_what_a_programme_can_show(fast_synced, lang, words):
    (sentence,) = previewed(fast_synced, lang=lang)
    assert words in sentence


def test_a_programme_without_a_control_can_show_nothing_and_is_not_spoken_of(fast_synced):
    assert previewed(fast_synced, content=HELLO.replace("share = 0.3", "share = 0")) == []
