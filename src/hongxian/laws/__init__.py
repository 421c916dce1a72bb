"""Law as data: documents and clauses with dates, app types, permissions, SDKs, remedies, duties."""
