"""The formats that a report may have; light, so that a command can list them."""

FORMATS = ("html", "xlsx", "csv", "json")
