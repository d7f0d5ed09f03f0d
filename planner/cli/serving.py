"""Shows a page on this computer, and to nobody else."""

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from planner.cli.interruption import CTRL_C, Interruption
from planner.cli.language import notify
from planner.cli.output import print_lines
from planner.errors import input_error, reason
from planner.i18n.messages import say

LOOPBACK = "127.0.0.1"


def show_page(page: bytes, port: int) -> None:
    """Show a page until Ctrl-C.

    Raises
    ------
    InputError
        Where the port cannot be had.
    """
    with PageServer(page, port) as server:
        print_lines([server.address])
        notify(say("open this address in a browser; press Ctrl-C to stop"))
        try:
            server.serve_forever()
        except Interruption as end:
            if end.exit_code != CTRL_C:
                raise


class PageServer(ThreadingHTTPServer):
    """Answers one page at its root; `address` is where.

    Parameters
    ----------
    port
        0 = a free one.

    Raises
    ------
    InputError
        Where the port cannot be had.
    """

    daemon_threads = True
    # On Windows two programs could share a port without either knowing.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, page: bytes, port: int) -> None:
        self.page = page
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise input_error(
                "--port",
                say("'{port}' cannot be used ({reason})", port=port, reason=reason(error)),
                say("choose another port, or omit --port for a free one"),
            ) from error

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{LOOPBACK}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        """The page, if it is asked for by its own address.

        A page from elsewhere whose name leads here, too, must not read it.
        """
        if f"http://{self.headers['Host']}/" != self.server.address or self.path != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.server.page)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: who opens a page of their own knows it."""
