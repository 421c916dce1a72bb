"""The report of what keep protects: copies, drills, gaps."""
