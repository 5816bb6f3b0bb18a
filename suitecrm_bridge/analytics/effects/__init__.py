"""What a programme brings: who is left out to compare with, the effect, the verdict, the budget.

Money is in units of one kind throughout (hundredths of the base currency, as everywhere in the
analytics), days are integer days since 1970-01-01. Nothing here knows SuiteCRM or the clock.
"""
