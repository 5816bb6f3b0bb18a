"""Faults of answers and of writes that SuiteCRM, or what stands before it, may have."""

import json

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.jobs.doctor import diagnose
from tests.flows.hooks import refusal
from tests.flows.world import NO_ACCESS
from tests.jobs.test_doctor import finding


@pytest.fixture
def rewritten(synced):
    """Let a hook change what SuiteCRM is asked, or what it answers."""
    answer = synced.sandbox.app.answer

    def rewrite(asked=lambda query: query, answered=lambda words: words):
        def changed(request):
            if request.method != "GET":
                return answer(request)
            words = request.environ["QUERY_STRING"]
            request.environ["QUERY_STRING"] = asked(words)
            response = answer(type(request)(request.environ))
            if response.status_code == 200 and "/V8/" in request.path:
                return Response(answered(response.get_data(as_text=True)), 200)
            return response

        synced.sandbox.app.answer = changed
        return synced

    return rewrite


def without(*parts):
    return lambda query: "&".join(
        one for one in query.split("&") if not any(part in one for part in parts)
    )


def test_a_size_that_does_not_arrive_is_found(rewritten):
    found = finding(rewritten(without("page%5Bsize", "page[size")), "Answers", "WARN")
    assert "page[size]" in found.text
    assert "%5B" in found.remedy


def test_filters_that_do_not_arrive_are_found(rewritten):
    found = finding(rewritten(without("filter")), "Answers", "WARN")
    assert "filters" in found.text


@pytest.mark.parametrize(
    "printed",
    ["<br><b>Warning</b>: Undefined index in /var/www/x.php on line 1<br>{words}", "{words} done"],
)
def test_what_php_prints_around_answers_is_found(rewritten, printed):
    warned = rewritten(answered=lambda words: printed.replace("{words}", words))
    found = finding(warned, "Answers", "WARN")
    assert "display_errors" in found.remedy
    assert ("Warning" in found.text) == ("Warning" in printed)


def written(world):
    with world.context() as context:
        return [one for one in diagnose(context, write=True) if one.check == "Writing"]


def test_a_save_that_keeps_everything_passes(synced):
    before = synced.store.rows("Contacts")
    (found,) = written(synced)
    assert found.status == "PASS"
    assert len(synced.patches) == 1
    kept = [{**row, "date_modified": ""} for row in synced.store.rows("Contacts")]
    assert [{**row, "date_modified": ""} for row in before] == kept


def test_nothing_is_written_unless_somebody_says_so(synced):
    with synced.context() as context:
        checks = [one.check for one in diagnose(context)]
    assert "Writing" not in checks
    assert synced.patches == []


def test_a_hook_that_changes_something_else_is_found(synced):
    answer = synced.sandbox.app.answer

    def hooked(request):
        response = answer(request)
        if request.method == "PATCH":
            asked = json.loads(request.get_data())["data"]
            synced.store.update(asked["type"], asked["id"], {"email1": "other@example.com"})
        return response

    synced.sandbox.app.answer = hooked
    (found,) = written(synced)
    assert found.status == "WARN"
    assert "email1" in found.text
    assert "logic hook" in found.remedy


def test_a_user_who_may_not_write_is_found(synced):
    id_ = min(row["id"] for row in synced.store.rows("Contacts"))
    synced.refusals[id_] = lambda: refusal(NO_ACCESS)
    (found,) = written(synced)
    assert found.status == "FAIL"


def test_without_records_nothing_can_be_tried(empty):
    (found,) = written(empty)
    assert found.status == "WARN"
    assert empty.patches == []
