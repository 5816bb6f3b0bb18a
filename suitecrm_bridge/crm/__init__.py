"""SuiteCRM over its V8 API. The only room that imports requests."""

from suitecrm_bridge.crm.addressing import Addressing, Limited
from suitecrm_bridge.crm.auth import Credentials
from suitecrm_bridge.crm.bulk import FastRoutes
from suitecrm_bridge.crm.client import SuiteCRM
from suitecrm_bridge.crm.marks import Digest, Marks
from suitecrm_bridge.crm.order import PageTrail
from suitecrm_bridge.crm.page import Page
from suitecrm_bridge.crm.reader import MOST_APART, Reader
from suitecrm_bridge.crm.records import Module
from suitecrm_bridge.crm.retry import Timing
from suitecrm_bridge.crm.rows import AnyPage, Rows
from suitecrm_bridge.crm.schema import Record, Rejected
from suitecrm_bridge.crm.sizes import PageSize
from suitecrm_bridge.crm.switches import Switches, Wish, Wishes
from suitecrm_bridge.crm.transport import Answer, HttpTransport, Request, Transport, proxy_for
from suitecrm_bridge.crm.written import NotWritten

__all__ = [
    "MOST_APART",
    "Addressing",
    "Answer",
    "AnyPage",
    "Credentials",
    "Digest",
    "FastRoutes",
    "HttpTransport",
    "Limited",
    "Marks",
    "Module",
    "NotWritten",
    "Page",
    "PageSize",
    "PageTrail",
    "Reader",
    "Record",
    "Rejected",
    "Request",
    "Rows",
    "SuiteCRM",
    "Switches",
    "Timing",
    "Transport",
    "Wish",
    "Wishes",
    "proxy_for",
]
