"""What risk of being found again a table holds: measures, grade, report."""
