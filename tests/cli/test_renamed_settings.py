"""Each command says which settings go by an old name."""

from click.testing import CliRunner

from suitecrm_bridge.cli import main
from suitecrm_bridge.settings import renamed


def test_a_command_says_what_a_setting_is_called_now(tmp_path, monkeypatch):
    monkeypatch.setattr(renamed, "RENAMED", {"BRIDGE_SPEED": "BRIDGE_MAX_RATE"})
    file = tmp_path / "config.env"
    file.write_text(f"BRIDGE_HOME={tmp_path}\nBRIDGE_SPEED=7\n", "utf-8")
    done = CliRunner().invoke(main, ["--env-file", str(file), "dead-letters", "list"])
    assert "BRIDGE_SPEED is called BRIDGE_MAX_RATE now" in done.stderr
