"""A reverse proxy in aiohttp that counts a number in the request's body and masks those in answers.

Run: ``python bench/peer_gate_aiohttp.py PORT UPSTREAM_PORT``, by ``gate_live.py``.
"""

from __future__ import annotations

import re
import sys

from aiohttp import ClientSession, TCPConnector, web

NUMBER = re.compile(rb"1[3-9]\d{9}")
SEEN: dict[str, set[bytes]] = {}


async def handle(request: web.Request) -> web.Response:
    """Count, ask the interface, mask."""
    body = await request.read()
    seen = SEEN.setdefault(request.headers.get("X-User", ""), set())
    seen.update(NUMBER.findall(body))
    if len(seen) > 5_000:
        return web.Response(status=429)
    session: ClientSession = request.app["session"]
    kept = {"Content-Type": request.headers.get("Content-Type", "")}
    async with session.request(request.method, f"{request.app['to']}{request.path_qs}", data=body,
                               headers=kept) as answer:  # fmt: skip
        text = await answer.read()
        shown = NUMBER.sub(lambda found: found[0][:3] + b"****" + found[0][7:], text)
        return web.Response(body=shown, status=answer.status, content_type="application/json")


async def start(app: web.Application) -> None:
    """Keep connections to the interface."""
    app["session"] = ClientSession(connector=TCPConnector(limit=512))


def main() -> None:
    """Serve."""
    app = web.Application()
    app["to"] = f"http://127.0.0.1:{sys.argv[2]}"
    app.router.add_route("*", "/{tail:.*}", handle)
    app.on_startup.append(start)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
