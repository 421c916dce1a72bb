"""PostgreSQL: its own parser, and what each of its statements does to data."""
