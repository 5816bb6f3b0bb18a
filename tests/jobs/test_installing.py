"""What is done to the system's own scheduler: recorded commands, none of which is run."""

import subprocess
from dataclasses import replace
from datetime import time
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from suitecrm_bridge.errors import ConfigurationError, SettingError
from suitecrm_bridge.jobs import installing
from suitecrm_bridge.jobs.installing import (
    Delete,
    Run,
    Write,
    carry_out,
    here,
    to_install,
    to_remove,
)
from suitecrm_bridge.jobs.service import SYSTEMS
from suitecrm_bridge.settings import Schedule
from tests.jobs.test_service import HERE, ON_WINDOWS, SYNC

NAME = "suitecrm-bridge"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
THEIRS = "MAILTO=me\n5 4 * * * backup\n"


class Recorded:
    """Stands for the system: keeps commands and what they read, answers what it is told to."""

    def __init__(self, crontab="", code=0, error=""):
        self.ran, self.crontab, self.code, self.error = [], crontab, code, error

    def __call__(self, command, read=""):
        self.ran.append((tuple(command), read))
        if tuple(command) == ("crontab", "-l"):
            return subprocess.CompletedProcess(command, 0 if self.crontab else 1, self.crontab, "")
        if tuple(command) == ("crontab", "-"):
            self.crontab = read
        return subprocess.CompletedProcess(command, self.code, "", self.error)


@pytest.fixture(params=[True, False], ids=["root", "a user"])
def root(request, monkeypatch, tmp_path):
    monkeypatch.setattr(installing, "is_for_all", lambda: request.param)
    monkeypatch.setattr(installing, "UNITS", str(tmp_path / "etc"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return request.param


def done(steps, system):
    for step in steps:
        carry_out(step, system)


def test_systemd_gets_its_units_and_is_told_to_begin(root, tmp_path):
    system = Recorded()
    done(to_install("systemd", HERE, NAME), system)
    units = tmp_path / "etc" if root else tmp_path / "config" / "systemd" / "user"
    service = (units / "suitecrm-bridge.service").read_text("utf-8")
    assert "OnCalendar=*-*-* 02:15:00" in (units / "suitecrm-bridge.timer").read_text("utf-8")
    assert ("User=bridge" in service) is root
    assert ("ProtectSystem=strict" in service) is root
    ctl = ("systemctl",) if root else ("systemctl", "--user")
    lingers = [] if root else [("loginctl", "enable-linger", "bridge")]
    assert [command for command, _ in system.ran] == [
        (*ctl, "daemon-reload"),
        (*ctl, "enable", "--now", "suitecrm-bridge.timer"),
        *lingers,
    ]


def test_systemd_has_nothing_left_once_it_was_taken_away(root, tmp_path):
    system = Recorded()
    done(to_install("systemd", HERE, NAME), system)
    done(to_remove("systemd", tmp_path, NAME), system)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    ctl = ("systemctl",) if root else ("systemctl", "--user")
    assert system.ran[-2][0] == (*ctl, "disable", "--now", "suitecrm-bridge.timer")


def test_a_crontab_keeps_what_others_wrote(tmp_path):
    system = Recorded(THEIRS)
    done(to_install("cron", HERE, NAME, system), system)
    assert system.crontab.startswith(THEIRS)
    assert system.crontab.count("15 2 * * *") == 1
    done(to_install("cron", HERE, NAME, system), system)
    assert system.crontab.count("15 2 * * *") == 1
    done(to_remove("cron", tmp_path, NAME, system), system)
    assert system.crontab == THEIRS


def test_two_installations_share_a_crontab(tmp_path):
    system = Recorded()
    done(to_install("cron", HERE, NAME, system), system)
    noon = replace(HERE, plan=Schedule(times=(time(12),)))
    done(to_install("cron", noon, "another", system), system)
    done(to_remove("cron", tmp_path, NAME, system), system)
    assert "0 12 * * *" in system.crontab
    assert "15 2 * * *" not in system.crontab


def test_a_crontab_of_which_nothing_is_left_goes(tmp_path):
    system = Recorded()
    done(to_install("cron", HERE, NAME, system), system)
    done(to_remove("cron", tmp_path, NAME, system), system)
    assert system.ran[-1][0] == ("crontab", "-r")


def test_windows_gets_one_task_with_all_times(tmp_path):
    system = Recorded()
    there = replace(ON_WINDOWS, written=(tmp_path,))
    done(to_install("windows", there, NAME), system)
    file = tmp_path / "suitecrm-bridge.xml"
    assert system.ran == [(("schtasks", "/Create", "/TN", NAME, "/XML", str(file), "/F"), "")]
    task = Xml.fromstring(file.read_bytes())
    starts = [one.text[11:16] for one in task.iter(f"{TASK}StartBoundary")]
    assert starts == ["02:15", "13:00"]
    assert task.find(f".//{TASK}Command").text == r"C:\Program Files\Python\python.exe"
    assert subprocess.list2cmdline([*SYNC[:4], r"C:\it's\config.env", "sync"]) == (
        task.find(f".//{TASK}Arguments").text
    )
    assert task.find(f".//{TASK}StartWhenAvailable").text == "true"


def test_windows_repeats_an_interval_for_ever(tmp_path):
    there = replace(ON_WINDOWS, written=(tmp_path,), plan=Schedule(every=45))
    written, _ = to_install("windows", there, NAME)
    task = Xml.fromstring(written.content.encode("utf-16"))
    assert task.find(f".//{TASK}Interval").text == "PT45M"
    assert task.find(f".//{TASK}Duration") is None


def test_windows_has_nothing_left_once_it_was_taken_away(tmp_path):
    system = Recorded()
    there = replace(ON_WINDOWS, written=(tmp_path,))
    done(to_install("windows", there, NAME), system)
    done(to_remove("windows", tmp_path, NAME), system)
    assert system.ran[-1][0] == ("schtasks", "/Delete", "/TN", NAME, "/F")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_step_is_shown_with_its_command_or_its_file(system, tmp_path, root):
    installation = replace(ON_WINDOWS if system == "windows" else HERE, written=(tmp_path,))
    recorded = Recorded()
    for step in (
        *to_install(system, installation, NAME, recorded),
        *to_remove(system, tmp_path, NAME, recorded),
    ):
        name = step.command[0] if isinstance(step, Run) else str(step.file)
        assert name in step.shown()
        if isinstance(step, Write):
            assert step.content.strip() in step.shown()
    assert [command for command, _ in recorded.ran if command[-1] != "-l"] == []


def test_what_the_system_refuses_is_said_with_its_own_words():
    with pytest.raises(ConfigurationError, match=r"schtasks.*Access is denied"):
        carry_out(Run(("schtasks", "/Create")), Recorded(code=1, error="\nAccess is denied.\n"))


def test_what_may_fail_does_not_end_the_others():
    carry_out(Run(("loginctl", "enable-linger", "me"), needed=False), Recorded(code=1))


def test_a_program_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ConfigurationError, match="no such program"):
        carry_out(Run(("no such program",)))
    with pytest.raises(ConfigurationError, match="cron"):
        to_install("cron", HERE, NAME, lambda command, read: (_ for _ in ()).throw(OSError("gone")))


def test_deleting_what_is_gone_already_is_no_fault(tmp_path):
    carry_out(Delete(tmp_path / "gone.timer"))


@pytest.mark.parametrize("name", ["", "../x", "a b", "x" * 62, "-f"])
def test_a_name_that_could_be_taken_for_something_else_is_refused(name):
    with pytest.raises(SettingError, match="61"):
        to_install("systemd", HERE, name)
    with pytest.raises(SettingError, match="61"):
        to_remove("systemd", Path("home"), name)


@pytest.mark.parametrize(
    ("platform", "program", "system"),
    [
        ("win32", None, "windows"),
        ("linux", "/bin/systemctl", "systemd"),
        ("linux", "/bin/systemctl", "cron"),
        ("darwin", None, "cron"),
    ],
)
def test_the_scheduler_is_the_one_that_runs(monkeypatch, tmp_path, platform, program, system):
    running = tmp_path if system == "systemd" else tmp_path / "none"
    monkeypatch.setattr(installing, "RUNNING", str(running))
    monkeypatch.setattr(installing.sys, "platform", platform)
    monkeypatch.setattr(installing.shutil, "which", lambda name: program)
    assert here() == system
