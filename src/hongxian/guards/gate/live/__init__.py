"""The live gate: a reverse proxy that asks the core about every request, and masks answers."""
