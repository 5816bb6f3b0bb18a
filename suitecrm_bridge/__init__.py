"""SuiteCRM Bridge: customer analytics for SuiteCRM."""

__version__ = "0.1.0"
