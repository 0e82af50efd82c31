"""Pages from the network: what is fetched, and what is refused with a sentence. The servers are on this machine."""

from __future__ import annotations

import gzip
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from store.articles import files, web
from store.articles.sources import Options
from store.errors import ArticleError
from store.records import Article
from tests.store.articles.test_html import page

HERE = Options(allow_private=True)

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def server(answers: dict[str, Answer]) -> Iterator[str]:
    """A server that gives those answers; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value.replace("HERE", f"http://127.0.0.1:{running.server_port}"))
            self.end_headers()
            with suppress(OSError):  # whoever asked has had enough
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def refused(url: str, options: Options = HERE) -> str:
    (error,) = files.articles(url, options)
    assert isinstance(error, ArticleError)
    return error.sentence


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_page_is_an_article_that_knows_where_it_is_from_and_when() -> None:
    with server({"/a": (200, HTML, page().encode())}) as url:
        (article,) = files.articles(f"{url}/a", HERE)
    assert isinstance(article, Article)
    assert "council of Leeds" in article.text
    assert (article.url, article.path) == (f"{url}/a", None)
    assert article.provenance is not None
    assert article.provenance.fetched is not None
    assert article.provenance.fetched.endswith("Z")


def test_the_page_that_a_redirection_leads_to_is_the_source() -> None:
    with server({"/old": (302, {"Location": "HERE/new"}, b""), "/new": (200, HTML, page().encode())}) as url:
        assert web.fetch(f"{url}/old", HERE).url == f"{url}/new"


def test_the_servers_word_for_kind_and_encoding_is_heard() -> None:
    with server({
        "/text": (200, {"Content-Type": "text/plain"}, b"Some words."),
        "/page": (200, {"Content-Type": "text/html; charset=ISO-8859-2"}, "<p>Łódź is a town.".encode("iso-8859-2")),
        "/packed": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(page().encode())),
        "/rss": (200, {}, b"<rss><channel><item><description>One.</description></item></channel></rss>"),
    }) as url:  # fmt: skip
        assert files.read(f"{url}/text", HERE).text == "Some words."
        assert files.read(f"{url}/page", HERE).text == "Łódź is a town.\n"
        assert "council" in files.read(f"{url}/packed", HERE).text
        assert files.read(f"{url}/rss", HERE).text == "One.\n"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((404, {}, b"no"), "cannot be had: the server answers 404 Not Found."),
        ((500, {}, b"no"), "cannot be had: the server answers 500 Internal Server Error."),
        ((302, {"Location": "HERE/a"}, b""), "leads on and on, more than 5 times: it was given up."),
        ((302, {"Location": "file:///etc/passwd"}, b""), "leads to what is neither http nor https: it was left alone."),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip"), "cannot be fetched"),
        ((200, HTML, b""), "has nothing in it: there is nothing to read."),
    ],
)
def test_what_goes_wrong_is_a_sentence(answer: Answer, says: str) -> None:
    with server({"/a": answer}) as url:
        assert f"{url}/a {says}" in refused(f"{url}/a")


def test_without_a_network_or_a_server_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    said = refused(f"http://127.0.0.1:{port}/")
    assert said.startswith(f"http://127.0.0.1:{port}/ cannot be reached (")
    assert said.endswith("): check the address and the network.")

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "cannot be reached" in refused("https://post.example/")
    assert "cannot be reached" in refused("https://post.example/", Options())


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a b/", "https://exa\u2028mple.org:99999/"])
def test_what_is_no_address_is_a_sentence(url: str) -> None:
    assert refused(url).startswith(url)


def test_a_page_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 100_000)
    with server(
        {
            "/a": (200, HTML, b"x" * 1_000_000),
            "/z": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 1_000_000)),
        }
    ) as url:
        assert "is too large" in refused(f"{url}/a")
        assert "is too large" in refused(f"{url}/z")


def test_a_server_that_keeps_one_waiting_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes the call, and says nothing
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert refused(url) == f"{url} takes longer than 0.2 s and was given up: try again later."


# Addresses that are not for everybody


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_this_machine_and_its_network_are_not_public(address: str) -> None:
    assert not web.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_the_rest_is(address: str) -> None:
    assert web.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_not_asked_unless_it_is_allowed(host: str) -> None:
    with server({"/a": (200, HTML, page().encode())}) as url:
        said = refused(f"http://{host}:{url.rpartition(':')[2]}/a", Options())
    assert "which is this machine or its own network: --allow-private reads it" in said or "cannot be" in said


class Carrier(httpx.BaseTransport):
    """Takes requests as the network would, remembers where they went, and answers."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.asked: list[httpx.Request] = []
        self._answers = list(answers)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self._answers.pop(0)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names mean: addresses by name. A test may change it at any time."""
    table: dict[str, list[str]] = {}

    def resolve(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", (address, port)) for address in table[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return table


def test_the_connection_goes_to_the_address_that_was_looked_at(names: dict[str, list[str]]) -> None:
    names["post.example"] = ["93.184.216.34", "93.184.216.35"]
    carrier = Carrier(httpx.Response(200, html=page()))
    source = web.fetch("https://post.example/a?b", Options(), transport=carrier)
    (request,) = carrier.asked
    assert str(request.url) == "https://93.184.216.34/a?b"  # no name that could mean another by then
    assert request.headers["host"] == "post.example"
    assert request.extensions["sni_hostname"] == "post.example"
    assert source.url == "https://post.example/a?b"


def test_a_name_that_means_this_machine_too_is_not_asked(names: dict[str, list[str]]) -> None:
    names["trap.example"] = ["93.184.216.34", "127.0.0.1"]
    carrier = Carrier()
    with pytest.raises(ArticleError, match=r"leads to trap\.example, which is this machine or its own network"):
        web.fetch("http://trap.example/", Options(), transport=carrier)
    assert carrier.asked == []


def test_a_redirection_into_the_network_is_not_followed(names: dict[str, list[str]]) -> None:
    names["post.example"], names["169.254.169.254"] = ["93.184.216.34"], ["169.254.169.254"]
    carrier = Carrier(httpx.Response(302, headers={"Location": "http://169.254.169.254/latest/meta-data"}))
    with pytest.raises(ArticleError, match=r"leads to 169\.254\.169\.254, which is this machine or its own network"):
        web.fetch("http://post.example/", Options(), transport=carrier)
    assert len(carrier.asked) == 1
