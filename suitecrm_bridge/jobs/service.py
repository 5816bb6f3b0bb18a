"""What to hand to the system's own scheduler, made for this installation: pure text."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import PurePath
from typing import Literal

from suitecrm_bridge.errors import ConfigurationError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import Schedule

System = Literal["systemd", "cron", "windows"]
SYSTEMS: tuple[System, ...] = ("systemd", "cron", "windows")

UNIT = "suitecrm-bridge"
UNITS = "/etc/systemd/system"
HOUR = 60


@dataclass(frozen=True)
class Installation:
    """Where the bridge is installed; every path is absolute.

    Args:
        python: the interpreter that has the bridge.
        env_file: the settings file.
        folder: what relative paths in the settings start from.
        written: folders that the bridge writes into.
        user: who runs it.
        plan: when.
    """

    python: PurePath
    env_file: PurePath
    folder: PurePath
    written: tuple[PurePath, ...]
    user: str
    plan: Schedule

    def arguments(self, verbosity: str) -> list[str]:
        """Return the arguments of a sync after the interpreter."""
        return ["-m", "suitecrm_bridge", verbosity, "--env-file", str(self.env_file), "sync"]


def instructions(system: System, installation: Installation) -> str:
    """Return what to install, with how to install it in comments.

    Raises:
        ConfigurationError: that system cannot keep such a schedule.
    """
    makers = {"systemd": systemd, "cron": cron, "windows": windows}
    lines = text(f"schedule.how_{system}", unit=UNIT, user=installation.user).splitlines()
    comments = "".join(f"# {line}\n" for line in lines)
    return f"{comments}\n{makers[system](installation)}"


def systemd(installation: Installation) -> str:
    """Return a service and a timer, each under a comment with the name of its file."""
    units = {"service": service(installation), "timer": timer(installation.plan)}
    return "\n".join(f"# {UNITS}/{UNIT}.{kind}\n{unit}" for kind, unit in units.items())


def service(installation: Installation, *, alone: bool = False) -> str:
    """Return the service; `alone`: for the user's own systemd, which may not lock things away."""
    command = [str(installation.python), *installation.arguments("-v")]
    guards = "" if alone else _guards(installation)
    # The user's own systemd knows nothing of the network.
    network = "" if alone else "Wants=network-online.target\nAfter=network-online.target\n"
    user = "" if alone else f"User={_unit_text(installation.user)}\n"
    return f"""\
[Unit]
Description=SuiteCRM Bridge: sync
{network}
[Service]
Type=oneshot
{user}WorkingDirectory={_unit_text(str(installation.folder))}
ExecStart={" ".join(_unit_word(word, command=True) for word in command)}
# 8: another run is at work; 130: asked to stop, the next run goes on.
SuccessExitStatus=8 130
TimeoutStartSec=12h
TimeoutStopSec=5min
Nice=10
{guards}"""


def _guards(installation: Installation) -> str:
    writable = " ".join(_unit_word(str(folder)) for folder in installation.written)
    return f"""\
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={writable}
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
"""


def timer(plan: Schedule) -> str:
    """Return the timer that starts the service."""
    slots = [f"OnCalendar=*-*-* {at:%H:%M}:00" for at in plan.times]
    slots = [*slots, "Persistent=true"] if slots else _intervals(plan.every)
    return f"""\
[Unit]
Description=SuiteCRM Bridge: {plan}

[Timer]
{chr(10).join(slots)}

[Install]
WantedBy=timers.target
"""


def _intervals(minutes: int | None) -> list[str]:
    return ["OnActiveSec=1min", f"OnUnitActiveSec={minutes}min"]


def _unit_text(value: str) -> str:
    return value.replace("%", "%%")


def _unit_word(word: str, *, command: bool = False) -> str:
    escaped = _unit_text(word).replace("\\", "\\\\").replace('"', '\\"')
    # Only command lines know variables.
    return f'"{escaped.replace("$", "$$") if command else escaped}"'


def cron(installation: Installation) -> str:
    """Return the lines of a user's crontab.

    Raises:
        ConfigurationError: cron has no words for such an interval.
    """
    command = shlex.join([str(installation.python), *installation.arguments("-q")])
    line = f"cd {shlex.quote(str(installation.folder))} && {command} > /dev/null"
    # An unescaped % ends the command of a crontab.
    escaped = line.replace("%", r"\%")
    return "".join(f"{slot} {escaped}\n" for slot in _cron_slots(installation.plan))


def _cron_slots(plan: Schedule) -> Sequence[str]:
    if plan.every is None:
        return [f"{at.minute} {at.hour} * * *" for at in plan.times]
    hours, minutes = divmod(plan.every, HOUR)
    if hours == 0 and HOUR % minutes == 0:
        return [f"*/{minutes} * * * *"]
    if minutes == 0 and 24 % hours == 0:
        return [f"0 */{hours} * * *" if hours < 24 else "0 0 * * *"]
    raise ConfigurationError(text("schedule.not_for_cron", plan=plan))


def windows(installation: Installation) -> str:
    """Return PowerShell that registers a task."""
    arguments = subprocess.list2cmdline(installation.arguments("-q"))
    return f"""\
$action = New-ScheduledTaskAction -Execute {_quoted(installation.python)} `
    -Argument {_quoted(arguments)} `
    -WorkingDirectory {_quoted(installation.folder)}
$trigger = @(
{chr(10).join(f"    {trigger}" for trigger in _triggers(installation.plan))}
)
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew `
    -ExecutionTimeLimit (New-TimeSpan -Hours 23)
$principal = New-ScheduledTaskPrincipal -UserId {_quoted(installation.user)} -LogonType S4U
Register-ScheduledTask -TaskName 'SuiteCRM Bridge' -Action $action -Trigger $trigger `
    -Settings $settings -Principal $principal
"""


def _triggers(plan: Schedule) -> list[str]:
    if plan.every:
        interval = f"-RepetitionInterval (New-TimeSpan -Minutes {plan.every})"
        return [f"New-ScheduledTaskTrigger -Once -At (Get-Date) {interval}"]
    return [f"New-ScheduledTaskTrigger -Daily -At {_quoted(_clock(at))}" for at in plan.times]


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
