"""The charts of the dashboard: each is a Vega-Lite specification with its numbers as a table."""
