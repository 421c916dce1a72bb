"""Sensors: each turns one kind of artefact into facts and coverage, and knows nothing of rules."""
