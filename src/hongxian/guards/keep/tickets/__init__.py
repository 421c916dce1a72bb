"""Tickets: what one person wants to destroy, another must have read and signed before."""
