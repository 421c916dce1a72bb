"""Techniques, one file each; a module's ``TECHNIQUE`` says what it takes and does."""
