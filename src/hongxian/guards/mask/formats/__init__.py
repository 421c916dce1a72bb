"""Formats that encryption keeps: each turns texts to numbers and back."""
