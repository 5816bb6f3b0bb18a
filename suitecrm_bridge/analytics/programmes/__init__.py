"""Who enters a programme, stays, leaves or has to wait, and why: tables in, a table out."""
