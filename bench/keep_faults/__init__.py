"""Faults that a person with every right can cause, done to a database that is kept."""
