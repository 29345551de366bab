"""server_process: Prefect's server on a socket that was opened before it.

python -m flows.server_process FD
"""

import socket
import sys

import uvicorn


def main(descriptor: int) -> None:
    """Serve on the socket until SIGTERM."""
    config = uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="error")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
