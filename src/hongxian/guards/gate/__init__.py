"""The gate: decides, request by request, what an interface may still hand out. No I/O."""
