"""Judge: runs rules over facts."""
