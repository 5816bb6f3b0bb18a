import json
from decimal import Decimal

import pytest

from suitecrm_bridge.crm import Answer
from suitecrm_bridge.crm.answers import RequestInfo, Scrubber, detail_of, json_of, read, retry_after
from suitecrm_bridge.errors import (
    AccessDenied,
    AuthenticationError,
    BrokenAnswer,
    DatabaseFailure,
    InvalidRequest,
    NotASuiteCrm,
    RateLimited,
    RecordExists,
    RecordNotFound,
    RequestRefused,
    ServerFailure,
    UnknownField,
    UnknownLink,
    UnknownModule,
)
from tests.crm.conftest import answer, refusal

ID = "0000000c-0000-4000-8000-00000000ffff"
LIST = RequestInfo("GET", "/V8/module/Contacts", "Contacts")
ONE = RequestInfo("GET", f"/V8/module/Contacts/{ID}", "Contacts", ID)
WARNING = b"<br />\n<b>Warning</b>:  Undefined index {closure} in <b>x.php</b> on line <b>3</b>\n"


def error_of(given: Answer, asked: RequestInfo = LIST, secrets=()):
    with pytest.raises(Exception) as caught:  # noqa: PT011
        read(given, asked, Scrubber(secrets))
    return caught.value


def test_the_json_of_an_answer_is_returned():
    assert read(answer({"data": []}), LIST, str) == {"data": []}


def test_numbers_in_json_stay_exact():
    assert read(answer(b'{"data": 0.1}'), LIST, str)["data"] == Decimal("0.1")


def test_half_a_character_in_json_is_replaced_so_that_the_mirror_can_hold_it():
    assert read(answer(b'{"data": "a\\ud83d"}'), LIST, str)["data"] == "a\ufffd"


@pytest.mark.parametrize("before", [b"", WARNING, b"\xef\xbb\xbf", b"Notice: x in y on line 1\n"])
@pytest.mark.parametrize("after", [b"", b"\n<br /><b>Deprecated</b>: x", b"Database failure."])
def test_what_php_prints_around_the_json_is_passed_over(before, after):
    assert read(answer(before + b'{"data": [1]}' + after), LIST, str) == {"data": [1]}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"<!DOCTYPE html><html><script>x = {}</script>", "web page"),
        (b"<html>{login}</html>", "web page"),
        (b'{"data": [{"id": "1"}, {"id"', "not complete JSON"),
        (b'{\n    "data": [\n        {\n            "id": "1"\n        },\n        {', "complete"),
        (b"null", "holds no data: null"),
        (b"[]", "holds no data: []"),
    ],
)
def test_a_body_that_is_not_the_promised_json_is_broken(body, words):
    error = error_of(answer(body))
    assert isinstance(error, BrokenAnswer)
    assert words in str(error)


def test_a_redirect_is_a_broken_answer():
    error = error_of(Answer(302, {"location": "index.php?action=Login"}))
    assert isinstance(error, BrokenAnswer)


def test_errors_under_status_200_are_errors():
    assert isinstance(
        error_of(answer({"errors": {"detail": "Module X does not exist"}})), UnknownModule
    )


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        (
            "[SuiteCRM] [Not Allowed] The API user does not have access to this module.",
            AccessDenied,
        ),
        ("[SuiteCRM] [AccessDeniedException] ", AccessDenied),
        ("Not authorized", AccessDenied),
        ("Database failure. Please refer to suitecrm.log for details.", DatabaseFailure),
        ("Datenbank Fehler. Bitte prüfen Sie suitecrm.log", DatabaseFailure),
        (f"Bean Contacts with id {ID} is already exist", RecordExists),
        ("Module Nope does not exist", UnknownModule),
        ("Module with name Nope is not found", UnknownModule),
        ("The following field in Contact module is not found: bogus", UnknownField),
        ("The following fields in Contact module are not found: a, b", UnknownField),
        ("Filter field bogus in Contact module is not found", UnknownField),
        ("Sort field bogus in Contact module is not found", UnknownField),
        ("Property bogus in Contact module is invalid", UnknownField),
        ("Cannot load relationship bogus for Account module", UnknownLink),
        ("Link field has not found in Account to determine relationship for X", UnknownLink),
        (f"Contacts module with id {ID} is not found", RecordNotFound),
        (f"Module with {ID} id is not related to ProspectList", RecordNotFound),
        ('The option "size" with value "0" is invalid.', InvalidRequest),
        ('The required option "data" is missing.', InvalidRequest),
        ("Filter operator in is invalid", InvalidRequest),
        ("Filter field x must be an array", InvalidRequest),
        ("Something never seen before", InvalidRequest),
    ],
)
def test_the_servers_words_tell_the_class(detail, kind):
    error = error_of(refusal(detail))
    assert type(error) is kind
    assert (error.status, error.detail, error.module) == (400, detail.strip(), "Contacts")


def test_a_failed_query_is_known_in_any_language_by_its_text_behind_the_json():
    words = "Échec SQL, voir le journal."
    body = json.dumps({"errors": {"detail": words}}, ensure_ascii=False) + words
    assert isinstance(error_of(answer(body.encode(), 400)), DatabaseFailure)


@pytest.mark.parametrize(("method", "kind"), [("PATCH", RecordNotFound), ("POST", RecordExists)])
def test_a_refused_id_is_known_in_any_language_by_what_was_asked(method, kind):
    asked = RequestInfo(method, "/V8/module", "Contacts", ID)
    assert isinstance(error_of(refusal(f"Fiche {ID} : non"), asked), kind)


def test_a_malformed_id_is_an_invalid_request():
    asked = RequestInfo("GET", "/V8/module/Contacts/con-1", "Contacts", "con-1")
    assert type(error_of(refusal("L'option id vaut con-1"), asked)) is InvalidRequest


def test_errors_may_be_a_list():
    given = answer({"errors": [{"status": 400, "detail": "Module Nope does not exist"}]}, 400)
    assert isinstance(error_of(given), UnknownModule)


@pytest.mark.parametrize(
    ("payload", "detail"),
    [
        ({"errors": {"detail": "a"}}, "a"),
        ({"errors": []}, "[]"),
        ({"errors": "a"}, "a"),
        ({"error": "x", "error_description": "a", "hint": "b"}, "a — b"),
        ({"message": "Not found"}, "Not found"),
        (None, ""),
    ],
)
def test_the_servers_words_are_found_in_each_form_of_error(payload, detail):
    assert detail_of(payload) == detail


def test_an_unknown_route_is_told_from_a_wrong_address():
    route = error_of(answer({"message": "Not found"}, 404))
    address = error_of(answer(b"<!DOCTYPE HTML><html>404</html>", 404))
    assert type(route) is RequestRefused
    assert isinstance(address, NotASuiteCrm)
    assert route.status == address.status == 404


def test_a_missing_record_of_a_route_is_no_missing_route():
    given = answer({"errors": {"detail": f"Contacts module with id {ID} is not found"}}, 404)
    assert isinstance(error_of(given, ONE), RecordNotFound)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_failing_server_is_a_passing_fault(status):
    error = error_of(answer(b"<html>", status))
    assert isinstance(error, ServerFailure)
    assert error.status == status


def test_401_is_an_authentication_error_with_the_hint():
    given = answer({"error": "access_denied", "message": "no", "hint": "revoked"}, 401)
    error = error_of(given)
    assert isinstance(error, AuthenticationError)
    assert error.detail == "no — revoked"


def test_a_pause_in_seconds_is_read():
    error = error_of(answer({}, 429, {"retry-after": "12"}))
    assert isinstance(error, RateLimited)
    assert error.retry_after == 12


def test_a_pause_until_a_date_counts_from_the_servers_clock():
    headers = {
        "date": "Sat, 21 Nov 2026 20:40:00 GMT",
        "retry-after": "Sat, 21 Nov 2026 20:41:30 GMT",
    }
    assert error_of(answer(b"", 503, headers)).retry_after == 90


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        ("Sat, 21 Nov 2026 20:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_a_pause_in_the_past_is_none_and_nonsense_is_passed_over(asked, pause):
    headers = {"date": "Sat, 21 Nov 2026 20:40:00 GMT", "retry-after": asked}
    assert retry_after(Answer(429, headers)) == pause


@pytest.mark.parametrize("form", ['p"<ss', "p&quot;&lt;ss", 'p\\"<ss', "p%22%3Css"])
def test_a_secret_is_masked_in_each_form_in_which_a_server_repeats_it(form):
    error = error_of(refusal(f"bad value: {form}!"), secrets=['p"<ss'])
    assert error.detail == "bad value: ********!"
    assert form not in str(error)


def test_an_overlong_detail_is_cut():
    assert len(error_of(refusal("x" * 10_000)).detail) == 500


def test_an_empty_object_is_an_object():
    assert json_of(b"{}") == ({}, "")
