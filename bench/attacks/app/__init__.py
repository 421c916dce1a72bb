"""A social app as there are many: what the gate is to guard in the laboratory."""
