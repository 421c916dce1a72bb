"""Masked copies: each format is read as the scan reads it, and written here, a batch at a time."""
