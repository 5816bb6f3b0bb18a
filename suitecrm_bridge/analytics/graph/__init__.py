"""One file a table: SQL, or Python where it takes more than SQL. `nodes` reads what each says."""
