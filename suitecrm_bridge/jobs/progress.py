"""How a job says how far it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told about each stage of a job."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` is an estimate of its steps, None when it is unknown."""

    def advance(self, count: int) -> None:
        """`count` more steps of the stage are done."""

    def end(self) -> None:
        """The stage is over."""

    def close(self) -> None:
        """The job is over, or was cut off."""


class Silent:
    """Progress that nobody watches."""

    def begin(self, stage: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, count: int) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
