"""MariaDB and MySQL in the vault: binary logs as they are written, and bases."""
