"""The store sensor: which personal information lies in files, logs and databases, and how."""
