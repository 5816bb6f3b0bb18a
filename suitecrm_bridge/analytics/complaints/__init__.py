"""Complaints: how many, how soon answered, by whom, of what, and what comes after."""
