"""Answers to questions about complaints."""
