"""Customer analytics: tables in, tables out.

The calculations are SQL files in `sql/` that run unchanged in DuckDB and in Spark; a thin Python
function stands beside each. Days are integer days since 1970-01-01, money is integer hundredths
of the base currency. `as_of` is always an argument: nothing here asks the clock.
"""
