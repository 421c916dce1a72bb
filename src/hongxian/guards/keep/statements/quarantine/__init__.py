"""How to run a statement that loses data so that all it takes can be brought back."""
