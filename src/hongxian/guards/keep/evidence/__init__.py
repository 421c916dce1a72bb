"""Evidence that cannot be altered unseen: an append-only log, its tree, and signed heads of it."""
