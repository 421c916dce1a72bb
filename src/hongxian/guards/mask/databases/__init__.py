"""Databases without tables (MongoDB, Redis), each copied to another of its own kind."""
