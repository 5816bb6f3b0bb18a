"""Customers that a person should look at."""
