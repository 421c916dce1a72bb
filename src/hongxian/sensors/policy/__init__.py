"""The policy sensor: what a privacy policy declares, fact by fact, and where it stays silent."""
