"""PostgreSQL in the vault: its WAL as it is written, and base backups."""
