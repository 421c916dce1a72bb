"""The hook script of the product, kept as data."""
