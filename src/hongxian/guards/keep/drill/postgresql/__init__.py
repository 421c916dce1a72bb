"""Drills of PostgreSQL: a base, the WAL since then, and a server that replays it."""
