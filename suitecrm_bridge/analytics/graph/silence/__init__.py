"""How long a customer may be silent, by what the base told on the day of the purchase."""
