"""Whom a person should look at."""
