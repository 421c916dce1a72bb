"""Drills of MariaDB: a base, the binary logs since then, and a server that takes them."""
