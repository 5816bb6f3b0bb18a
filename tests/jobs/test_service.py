import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from datetime import time
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from suitecrm_bridge import i18n
from suitecrm_bridge.errors import ConfigurationError
from suitecrm_bridge.jobs.service import SYSTEMS, Installation, cron, instructions, systemd, windows
from suitecrm_bridge.settings import Schedule

ANALYZE = shutil.which("systemd-analyze")
NIGHTLY = Schedule(times=(time(2, 15), time(13)))
HERE = Installation(
    python=PurePosixPath("/opt/the bridge/bin/python"),
    env_file=PurePosixPath("/etc/my bridge/100%$HOME.env"),
    folder=PurePosixPath("/srv/it's ours"),
    written=(PurePosixPath("/var/lib/my bridge"), PurePosixPath("/var/lib/metrics")),
    user="bridge",
    plan=NIGHTLY,
)
ON_WINDOWS = replace(
    HERE,
    python=PureWindowsPath(r"C:\Program Files\Python\python.exe"),
    env_file=PureWindowsPath(r"C:\it's\config.env"),
    folder=PureWindowsPath(r"C:\it's"),
)
SYNC = ["-m", "suitecrm_bridge", "-q", "--env-file", "/etc/my bridge/100%$HOME.env", "sync"]


def units(text):
    """Split into the files that the comments name."""
    parts = re.split(r"^# /etc/systemd/system/(\S+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def every(minutes, installation=HERE):
    return replace(installation, plan=Schedule(every=minutes))


def test_systemd_gets_a_service_and_a_timer():
    files = units(systemd(HERE))
    assert list(files) == ["suitecrm-bridge.service", "suitecrm-bridge.timer"]
    timer = files["suitecrm-bridge.timer"].splitlines()
    assert "OnCalendar=*-*-* 02:15:00" in timer
    assert "OnCalendar=*-*-* 13:00:00" in timer
    assert "Persistent=true" in timer


def test_systemd_counts_an_interval_from_the_last_start():
    timer = units(systemd(every(90)))["suitecrm-bridge.timer"]
    assert "OnUnitActiveSec=90min\n" in timer
    assert "OnCalendar" not in timer


def test_systemd_reads_spaces_percent_and_dollar_as_they_are():
    service = units(systemd(HERE))["suitecrm-bridge.service"].splitlines()
    assert (
        'ExecStart="/opt/the bridge/bin/python" "-m" "suitecrm_bridge" "-v" "--env-file"'
        ' "/etc/my bridge/100%%$$HOME.env" "sync"' in service
    )
    assert "WorkingDirectory=/srv/it's ours" in service
    assert 'ReadWritePaths="/var/lib/my bridge" "/var/lib/metrics"' in service
    assert "User=bridge" in service


@pytest.mark.skipif(not ANALYZE, reason="no systemd here")
@pytest.mark.parametrize("plan", [NIGHTLY, Schedule(every=45)])
def test_systemd_accepts_the_units(tmp_path, plan):
    python = tmp_path / "bin of 100%" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    here = replace(HERE, python=python, folder=tmp_path, user="root", plan=plan)
    files = []
    for name, content in units(systemd(here)).items():
        (tmp_path / name).write_text(content)
        files.append(str(tmp_path / name))
    done = subprocess.run([ANALYZE, "verify", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_cron_gets_a_line_a_time():
    lines = cron(HERE).splitlines()
    assert [line.split()[:5] for line in lines] == [
        ["15", "2", "*", "*", "*"],
        ["0", "13", "*", "*", "*"],
    ]


def test_cron_hands_the_command_to_the_shell_as_it_is():
    command = cron(HERE).splitlines()[0].split(None, 5)[5]
    assert r"\%" in command
    assert shlex.split(command.replace(r"\%", "%")) == [
        "cd",
        "/srv/it's ours",
        "&&",
        "/opt/the bridge/bin/python",
        *SYNC,
        ">",
        "/dev/null",
    ]


@pytest.mark.parametrize(
    ("minutes", "slot"),
    [
        (1, "*/1 * * * *"),
        (15, "*/15 * * * *"),
        (60, "0 */1 * * *"),
        (480, "0 */8 * * *"),
        (1440, "0 0 * * *"),
    ],
)
def test_cron_knows_parts_of_an_hour_and_of_a_day(minutes, slot):
    (line,) = cron(every(minutes)).splitlines()
    assert line.startswith(f"{slot} cd ")


@pytest.mark.parametrize("minutes", [7, 45, 90, 300])
def test_an_interval_that_cron_would_bend_is_refused(minutes):
    with pytest.raises(ConfigurationError, match=f"every {minutes}"):
        cron(every(minutes))


def test_windows_gets_a_task_that_makes_up_for_a_missed_slot_and_never_overlaps():
    script = windows(ON_WINDOWS)
    assert "-StartWhenAvailable -MultipleInstances IgnoreNew" in script
    assert "New-ScheduledTaskTrigger -Daily -At '02:15'" in script
    assert "New-ScheduledTaskTrigger -Daily -At '13:00'" in script


def test_windows_repeats_an_interval():
    assert "(New-TimeSpan -Minutes 45)" in windows(every(45, ON_WINDOWS))


def test_windows_reads_spaces_and_quotes_as_they_are():
    script = windows(ON_WINDOWS)
    assert r"-Execute 'C:\Program Files\Python\python.exe'" in script
    assert r"-Argument '-m suitecrm_bridge -q --env-file C:\it''s\config.env sync'" in script
    assert r"-WorkingDirectory 'C:\it''s'" in script
    spaced = replace(ON_WINDOWS, env_file=PureWindowsPath(r"C:\my bridge\config.env"))
    assert r'--env-file "C:\my bridge\config.env" sync' in windows(spaced)


@pytest.mark.parametrize("system", SYSTEMS)
def test_how_to_install_it_stands_above_in_comments_of_the_users_language(system):
    english = instructions(system, HERE)
    i18n.use_language("fr")
    french = instructions(system, HERE)
    assert english.startswith("# ")
    assert english != french
    assert english.split("\n\n", 1)[1] == french.split("\n\n", 1)[1]
