"""Programmes: who is in an audience, who may be addressed, who was, and on which list."""
