"""Reads what a test session recorded while the app ran: who did what, second by second."""
