"""Right answers, of which odd ones are made."""

from tests.crm.conftest import uuid

FIELDS = ["last_name", "first_name", "date_modified", "birthdate", "do_not_call", "amount"]
META = {
    "data": {
        "type": "fields",
        "attributes": {
            "last_name": {"type": "varchar"},
            "first_name": {"type": "varchar"},
            "date_modified": {"type": "datetime"},
            "birthdate": {"type": "date"},
            "do_not_call": {"type": "bool"},
            "amount": {"type": "currency"},
            "count": {"type": "int"},
        },
    }
}
RECORD = {
    "type": "Contact",
    "id": uuid(1),
    "attributes": {
        "last_name": "Roux",
        "first_name": "Zo\u00e9",
        "do_not_call": "0",
        "amount": "12.500000",
        "date_modified": "2026-03-09T12:00:00+00:00",
        "birthdate": "1990-01-01",
        "count": "7",
    },
    "relationships": {"cases": {"links": {"related": "V8/module/Contact/1/relationships/cases"}}},
}
LIST = {
    "meta": {"total-pages": 3, "records-on-this-page": 2},
    "data": [RECORD, {**RECORD, "id": uuid(2)}],
    "links": {"next": "V8/module/Contacts?page[number]=1", "self": None},
}
TABLE = {
    "columns": ["id", "deleted", "date_modified", "last_name", "amount"],
    "rows": [
        [uuid(1), 0, "2026-03-09 12:00:00", "Roux", "12.500000"],
        [uuid(2), 1, "2026-03-09 12:00:00", None, None],
        [uuid(3), 0, None, "", "1"],
    ],
    "complete": False,
}
LINKS = {
    "columns": ["id", "deleted", "date_modified", "contact_id", "case_id"],
    "rows": [[uuid(1), 0, "2026-03-09 12:00:00", uuid(8), uuid(9)]],
    "complete": False,
}
HISTORY = {
    "columns": [
        "id",
        "deleted",
        "date_modified",
        "parent_id",
        "created_by",
        "field_name",
        "before",
        "after",
    ],
    "rows": [[uuid(1), 0, "2026-03-09 12:00:00", uuid(8), "1", "status", "a", "b"]],
    "complete": False,
}
PING = {
    "version": "0.1.0",
    "fingerprint": "3f9c",
    "user": "bridge",
    "suitecrm": "7.14.6",
    "server_time": "2026-03-09 12:00:00",
    "modules": {"Contacts": {"read": True, "write": True}},
    "limits": {"records": 20_000, "links": 50_000, "scores": 5_000, "bytes": 2**23},
}
WRITTEN = {
    "written": 1,
    "unchanged": 0,
    "notified": 0,
    "rows": {uuid(0): "written", uuid(1): "rejected", uuid(2): "unchanged"},
    "rejected": [{"id": uuid(1), "code": "unknown_record", "message": "no"}],
    "failed": [],
}
TOKEN = {"token_type": "Bearer", "expires_in": 3600, "access_token": "a.b.c", "refresh_token": "r"}
MODULES = {"data": {"type": "modules", "attributes": {"Contacts": {"access": ["view", "list"]}}}}
USER = {"data": {"type": "User", "id": "1", "attributes": {"user_name": "admin"}}}
