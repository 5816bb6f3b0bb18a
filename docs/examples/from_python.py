# %% [markdown]
# # SuiteCRM Bridge from Python
#
# Open this file in Jupyter, VS Code or Spyder, which run it cell by cell, or run it as it is. It reads the
# mirror of the demo, which `python scripts/demo.py` makes; set `BRIDGE_HOME` to look at your own.

# %%
import os
from datetime import date
from decimal import Decimal

from suitecrm_bridge.analytics import clv, rfm
from suitecrm_bridge.mirror.frames import read_module

HOME = os.environ.get("BRIDGE_HOME", "demo-output/home")

# %% [markdown]
# ## Modules as pandas
#
# Days are `datetime64`, moments too, in UTC; yes and no are `boolean`, whole numbers `Int64`, and both know
# what is missing; amounts are Decimals.

# %%
invoices = read_module(
    HOME, "AOS_Invoices", ["billing_contact_id", "invoice_date", "total_amount", "status"]
)
print(invoices.dtypes)
print(invoices.head())

# %% [markdown]
# ## Purchases are three columns
#
# Which invoices are purchases is up to you here: the bridge itself counts those that are not cancelled.

# %%
bought = invoices[invoices["status"].ne("Cancelled") & invoices["billing_contact_id"].ne("")]
purchases = bought.dropna(subset=["billing_contact_id", "invoice_date", "total_amount"]).rename(
    columns={"billing_contact_id": "customer_id", "invoice_date": "date", "total_amount": "amount"}
)[["customer_id", "date", "amount"]]
AS_OF = purchases["date"].max().date()

# %% [markdown]
# ## Scores and segments

# %%
scores = rfm.score(purchases, AS_OF)
print(scores.groupby("rfm_segment")["purchase_total"].agg(["size", "sum"]))

# %% [markdown]
# ## What each customer is worth, in one call

# %%
worth = clv.forecast(purchases, AS_OF)
for remark in worth.attrs["remarks"]:
    print(remark)
print(worth.sort_values("expected_purchases", ascending=False).head())
known = [value for value in worth["clv"] if isinstance(value, Decimal)]
print(f"{len(known)} customers, {sum(known, Decimal(0)):,} in the next 12 months")

# %% [markdown]
# ## Mistakes are said in words

# %%
from suitecrm_bridge.errors import DataError  # noqa: E402

for wrong in (
    lambda: clv.forecast(purchases.drop(columns="amount"), AS_OF),
    lambda: clv.forecast(purchases, "2026-03-31"),
    lambda: clv.forecast([("ada", date(2026, 3, 1), 10)], AS_OF),
    lambda: read_module(HOME, "AOS_Invoices", ["total"]),
):
    try:
        wrong()
    except DataError as error:
        print(error)
