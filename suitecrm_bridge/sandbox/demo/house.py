"""The seller's own side: the users who look after customers, and the products."""

from __future__ import annotations

import numpy as np

from suitecrm_bridge.sandbox.demo.batch import Rows, rows
from suitecrm_bridge.sandbox.demo.calendar import Calendar
from suitecrm_bridge.sandbox.demo.people import phone
from suitecrm_bridge.sandbox.demo.values import BASE_CURRENCY, CENT, DAY, money, times
from suitecrm_bridge.sandbox.demo.words import SERVICE, products, sellers

DAYS_BEFORE = 90


def user_rows(users: list[str], calendar: Calendar) -> Rows:
    """Return the sales people, whose ids are `users`."""
    staff = sellers()
    entered = _entered(calendar, len(staff))
    return rows(
        len(staff),
        {
            "id": users,
            "date_entered": entered,
            "date_modified": entered,
            "user_name": [seller.user_name for seller in staff],
            "first_name": [seller.first_name for seller in staff],
            "last_name": [seller.last_name for seller in staff],
            "title": [seller.title for seller in staff],
            "email1": [f"{seller.user_name}@example.org" for seller in staff],
            "phone_work": [phone(seller.language, 7 * i) for i, seller in enumerate(staff)],
            "status": "Active",
            "employee_status": "Active",
            "is_admin": 0,
            "description": None,
            "created_by": users[0],
            "modified_user_id": users[0],
            "deleted": 0,
        },
    )


def product_rows(goods: list[str], users: list[str], calendar: Calendar) -> Rows:
    """Return the products, whose ids are `goods`."""
    wares = products()
    entered = _entered(calendar, len(wares))
    cost = money(np.array([ware.cost for ware in wares]) * CENT)
    price = money(np.array([ware.price for ware in wares]) * CENT)
    return rows(
        len(wares),
        {
            "id": goods,
            "date_entered": entered,
            "date_modified": entered,
            "name": [ware.name for ware in wares],
            "part_number": [ware.part_number for ware in wares],
            "category": [ware.category for ware in wares],
            "type": ["Service" if ware.category == SERVICE else "Good" for ware in wares],
            "currency_id": BASE_CURRENCY,
            "cost": cost,
            "cost_usdollar": cost,
            "price": price,
            "price_usdollar": price,
            "aos_product_category_id": None,
            "description": None,
            "created_by": users[0],
            "modified_user_id": users[0],
            "assigned_user_id": users[0],
            "deleted": 0,
        },
    )


def _entered(calendar: Calendar, count: int) -> list[str]:
    """Return times before the first sale, a minute apart."""
    start = (calendar.first_day - DAYS_BEFORE) * DAY + 9 * 3600
    return times(start + 60 * np.arange(count, dtype=np.int64))
