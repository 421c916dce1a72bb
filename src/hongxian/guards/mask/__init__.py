"""De-identification: techniques, keys, policies, and what risk is left."""
