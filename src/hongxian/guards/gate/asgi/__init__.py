"""The gate inside an application that speaks ASGI: no proxy, no framework."""

from hongxian.guards.gate.asgi.middleware import GateMiddleware

__all__ = ["GateMiddleware"]
