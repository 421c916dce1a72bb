"""The call graph: who calls whom, what runs before the person is asked, and by which path."""
