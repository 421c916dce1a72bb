"""Restores copies for a trial, and measures what would be lost and how long it would take."""
