"""server_process: Prefect's server, whose dashboard talks to nobody else.

    python -m flows.server_process FD        on a socket that was opened before it
    uvicorn --factory flows.server_process:create_app

With telemetry off the server is silent, but the dashboard's own script asks an analytics service for
its settings all the same. A content security policy forbids the browser to.
"""

import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

POLICY = (
    b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    b"connect-src 'self' http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*; "
    b"frame-ancestors 'self'"
)
"""Scripts, styles, pictures and requests of this server only; pictures of reports are data."""


def create_app() -> App:
    """Return Prefect's server with the policy on every answer."""
    from prefect.server.api.server import create_app as prefect_app

    return only_here(prefect_app())


def only_here(app: App) -> App:
    """Add the policy to the answers of an ASGI application."""

    async def confined(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"content-security-policy", POLICY)]
            await send(message)

        await app(scope, receive, send_with_policy if scope["type"] == "http" else send)

    return confined


def main(descriptor: int) -> None:
    """Serve on the socket until SIGTERM."""
    config = uvicorn.Config("flows.server_process:create_app", factory=True, log_level="error")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
