"""Addresses that stand in code and resources."""
