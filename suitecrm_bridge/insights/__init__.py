"""Answers to questions about customers: a mirror and choices come in, tables go out.

Nothing here knows settings, SuiteCRM or the clock.
"""
