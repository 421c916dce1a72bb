"""The lane: a proxy for PostgreSQL through which operators go, and which judges what they send."""
