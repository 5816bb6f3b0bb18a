"""Every error the bridge raises on purpose, grouped by what to do about it.

    BridgeError                      exit 1
    ├ ConfigurationError             exit 2   mend the settings or the data file, then run again
    │ ├ SettingError
    │ ├ CatalogueError
    │ ├ OtherBridge                         another bridge writes into this SuiteCRM
    │ └ WrongClock                            two clocks are a day or more apart; nothing was done
    ├ ApiError                       exit 4   (status, detail, module)
    │ ├ RetriableApiError                     the transport backs off and tries again
    │ │ ├ CrmUnreachable                      no connection, or no answer in time
    │ │ │ └ AnswerTooSlow                     not complete in time; tried again once
    │ │ ├ RateLimited                         429, with retry_after where the server says it
    │ │ ├ ServerFailure                       5xx
    │ │ │ └ PackageFailed                     the bridge's own routes failed; the stock API may do
    │ │ └ BrokenAnswer                        empty, HTML, cut or otherwise not the JSON promised
    │ │   └ AnswerTooLarge                    asked for again only where less can be asked for
    │ ├ AuthenticationError          exit 3   stop: the message names the setting
    │ ├ NotASuiteCrm                 exit 4   stop: the address answers, but not as a V8 API
    │ ├ CrmDown                      exit 4   stop: every request fails, so the run ends
    │ └ RequestRefused               exit 6   the caller decides to skip or stop; never retried
    │   ├ AccessDenied               exit 3
    │   ├ Intercepted            exit 4   refused by what stands before SuiteCRM: firewall, login
    │   ├ RecordNotFound
    │   ├ RecordExists
    │   ├ UnknownModule · UnknownField · UnknownLink
    │   ├ InvalidRequest
    │   ├ ValueNotKept                        written, but SuiteCRM stored something else
    │   └ DatabaseFailure
    ├ StoreError                     exit 5
    │ ├ UpgradeError
    │ └ LockedError                  exit 8   another run holds the mirror
    ├ DataError                      exit 6
    │ ├ MissingColumns
    │ ├ NotFound                              the user asked for something that is not there
    │ ├ TooManyVanished                       more records vanished at once than is believable
    │ ├ NotBelieved                           more figures would go at once than is believable
    │ └ WrongDay                              a day that cannot be scored, or was not asked for
    ├ WriteBackError                 exit 7   some writes failed; dead letters say which
    ├ Incomplete                   exit 9   a source of figures could not be read; the others were
    ├ SyncFailed                              a sync of the schedule; it has said why itself
    ├ NotTold                                 a webhook or mail server took no notification
    └ Stopped                        exit 130 asked to stop; what was in flight is finished

A message is complete for its reader: what is wrong, where, and what to do. It is already in
the user's language, and it never holds a secret.
"""

from __future__ import annotations

from suitecrm_bridge.patience import LARGE_AGAIN, SLOW_AGAIN


class BridgeError(Exception):
    """Root of every error raised on purpose."""

    exit_code = 1


class ConfigurationError(BridgeError):
    """The settings or a data file are wrong."""

    exit_code = 2


class SettingError(ConfigurationError):
    """A setting is missing or cannot be understood."""


class CatalogueError(ConfigurationError):
    """A data file of the catalogue breaks a rule; the message names file and line or key."""


class OtherBridge(ConfigurationError):
    """Another bridge writes into this SuiteCRM, and two would undo each other's writes."""


class WrongClock(ConfigurationError):
    """This machine's clock and SuiteCRM's are a day or more apart; the message says both."""


class ApiError(BridgeError):
    """SuiteCRM did not do what was asked.

    Args:
        message: text for the user.
        status: HTTP status, None when there was no answer.
        detail: the server's own words, without secrets.
        module: SuiteCRM module that the request was about.
    """

    exit_code = 4

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        detail: str = "",
        module: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.detail = detail
        self.module = module


class RetriableApiError(ApiError):
    """A passing fault: the same request may succeed later.

    Args:
        message: text for the user.
        retry_after: seconds that the server asks to wait, None when it does not say.
        status: HTTP status, None when there was no answer.
        detail: the server's own words, without secrets.
        module: SuiteCRM module that the request was about.
    """

    most_again: int | None = None
    """How often it is tried again at most, whatever the setting says."""

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        status: int | None = None,
        detail: str = "",
        module: str | None = None,
    ) -> None:
        super().__init__(message, status=status, detail=detail, module=module)
        self.retry_after = retry_after


class CrmUnreachable(RetriableApiError):
    """No connection, or no answer in time."""


class AnswerTooSlow(CrmUnreachable):
    """The answer came byte by byte and was not complete in time."""

    most_again = SLOW_AGAIN


class RateLimited(RetriableApiError):
    """429: the server asks for a pause."""


class ServerFailure(RetriableApiError):
    """5xx."""


class PackageFailed(ServerFailure):
    """The package's own routes failed; the stock API may do what they cannot."""


class BrokenAnswer(RetriableApiError):
    """The body is empty, cut, HTML, or otherwise not the JSON that was promised."""


class AnswerTooLarge(BrokenAnswer):
    """The answer was cut off: it is larger, or unpacks further, than an answer may."""

    most_again = LARGE_AGAIN


class AuthenticationError(ApiError):
    """The CRM does not accept the credentials; the message names the setting to look at."""

    exit_code = 3


class NotASuiteCrm(ApiError):
    """Something answers at the address, but it is not SuiteCRM's V8 API."""


class CrmDown(ApiError):
    """Requests keep failing and SuiteCRM gives no sign of life: the run ends."""


class RequestRefused(ApiError):
    """SuiteCRM understood and refused. Trying again would not help."""

    exit_code = 6


class AccessDenied(RequestRefused):
    """The API user lacks the right."""

    exit_code = 3


class Intercepted(RequestRefused):
    """A web server, proxy or firewall refused; SuiteCRM never saw the request."""

    exit_code = 4


class RecordNotFound(RequestRefused):
    """The record does not exist, is deleted, or is hidden from the API user."""


class RecordExists(RequestRefused):
    """A record with this id exists already."""


class UnknownModule(RequestRefused):
    """The CRM has no such module."""


class UnknownField(RequestRefused):
    """The module has no such field: most often the package is not installed."""


class UnknownLink(RequestRefused):
    """The module has no such relationship."""


class InvalidRequest(RequestRefused):
    """An option, id or body has a form that SuiteCRM does not accept."""


class ValueNotKept(RequestRefused):
    """SuiteCRM accepted the write and stored another value."""


class DatabaseFailure(RequestRefused):
    """SuiteCRM's own SQL failed; its log says why."""


class StoreError(BridgeError):
    """The mirror file cannot be used."""

    exit_code = 5


class UpgradeError(StoreError):
    """The mirror's schema cannot be brought up to date."""


class LockedError(StoreError):
    """Another run holds the mirror."""

    exit_code = 8


class DataError(BridgeError):
    """The data does not allow what was asked."""

    exit_code = 6


class MissingColumns(DataError):
    """A table lacks columns that the calculation needs."""


class NotFound(DataError):
    """What the user named is not there."""


class TooManyVanished(DataError):
    """More records vanished at once than is believable; nothing was deleted."""


class NotBelieved(DataError):
    """More could not be read, or more figures would be emptied or fall, than is believable.

    Nothing was scored or written; a person can accept it.
    """


class WrongDay(DataError):
    """Scores of this day cannot be made, or must not be written without being asked for."""


class WriteBackError(BridgeError):
    """Some writes failed; the others were done."""

    exit_code = 7


class Incomplete(BridgeError):
    """Figures were left as they are, for what they are made from could not be read."""

    exit_code = 9


class SyncFailed(BridgeError):
    """A sync of the schedule, in a process of its own, did not end well."""


class NotTold(BridgeError):
    """A notification could not be delivered; the run goes on, the next one tries again."""


class Stopped(BridgeError):
    """The run was asked to stop; what was in flight is finished, the next run goes on."""

    exit_code = 130
