"""A page on this computer."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from threading import Thread

import pytest

from planner.cli.interruption import Interruption
from planner.cli.serving import LOOPBACK, PageServer, show_page
from planner.errors import InputError


@pytest.fixture
def server() -> Iterator[PageServer]:
    """Shows a short page."""
    with PageServer(b"<p>Peta</p>", port=0) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def asked(server: PageServer, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(LOOPBACK, server.server_port, timeout=5)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_the_page_is_shown_on_loopback_only(server: PageServer) -> None:
    """127.0.0.1, never 0.0.0.0."""
    assert server.server_address[0] == "127.0.0.1"
    answer, content = asked(server, "/")
    assert (answer.status, content) == (200, b"<p>Peta</p>")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_nothing_else_is_shown(server: PageServer) -> None:
    """No other path, and nothing to a page whose name was made to lead here."""
    assert asked(server, "/../pyproject.toml")[0].status == 404
    assert asked(server, "/", Host=f"jahat.example:{server.server_port}")[0].status == 404


def test_a_port_in_use_is_an_error_in_words(server: PageServer) -> None:
    """The second server names the port and what to do."""
    port = server.server_port
    with pytest.raises(
        InputError, match=f"--port: '{port}' cannot be used .*; choose another port"
    ):
        PageServer(b"", port)


def test_ctrl_c_ends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After it said where to look; the port is free again."""

    def interrupted(server: PageServer) -> None:
        raise Interruption(130)

    monkeypatch.setattr(PageServer, "serve_forever", interrupted)
    show_page(b"", 0)
    address = capsys.readouterr().out.strip()
    port = int(address.removeprefix("http://127.0.0.1:").removesuffix("/"))
    PageServer(b"", port).server_close()
