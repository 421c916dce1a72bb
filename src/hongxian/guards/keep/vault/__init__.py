"""Copies that the operator cannot touch: written once, held by the vault's own clock."""
