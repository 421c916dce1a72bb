"""Keep: one person can no longer destroy the data, and what is destroyed comes back."""
