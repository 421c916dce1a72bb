"""Statements that lose data run in quarantine: what they take is kept, and can be brought back."""
