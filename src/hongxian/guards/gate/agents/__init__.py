"""Agents: a proxy that somebody keeps asks them what is to be done with each request."""
