"""A task of Windows, as schtasks takes it."""

from __future__ import annotations

import subprocess
from xml.sax.saxutils import escape

from suitecrm_bridge.jobs.service import Installation
from suitecrm_bridge.settings import Schedule

_SINCE = "2020-01-01T"


def task(installation: Installation) -> str:
    """Return the task: what runs, when, and what a time at which the machine was off becomes."""
    arguments = subprocess.list2cmdline(installation.arguments("-q"))
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>SuiteCRM Bridge: sync</Description></RegistrationInfo>
  <Triggers>
{_triggers(installation.plan)}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{escape(installation.user)}</UserId>
      <LogonType>S4U</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(str(installation.python))}</Command>
      <Arguments>{escape(arguments)}</Arguments>
      <WorkingDirectory>{escape(str(installation.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def _triggers(plan: Schedule) -> str:
    if plan.every:
        repeated = f"<Repetition><Interval>PT{plan.every}M</Interval></Repetition>"
        begins = f"<StartBoundary>{_SINCE}00:00:00</StartBoundary>"
        return f"    <TimeTrigger>{repeated}{begins}<Enabled>true</Enabled></TimeTrigger>"
    return "\n".join(
        f"    <CalendarTrigger><StartBoundary>{_SINCE}{at:%H:%M}:00</StartBoundary>"
        "<Enabled>true</Enabled><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
        "</CalendarTrigger>"
        for at in plan.times
    )
