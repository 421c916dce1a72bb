"""Hongxian."""
