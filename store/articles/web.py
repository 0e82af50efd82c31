"""A page from the network: fetched once, within limits of time and size, and from nowhere that is not public.

An address of this machine or of its own network is refused, in the address and in every redirection, since a page that
somebody else names must not be a way in. A name is resolved here, every address that it has is looked at, and the
connection goes to one that was looked at: what the name says a moment later makes no difference.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from store.articles.sources import LARGEST, Options, Source
from store.clock import now
from store.errors import ArticleError

if TYPE_CHECKING:
    import httpx

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

SECONDS = 60.0
"""That a page may take, all redirections together."""

_STEP = 20.0
"""Seconds for each step: to connect, and for each piece to come."""

_REDIRECTIONS = 5

_HEADERS = {
    "User-Agent": "postil (a reader of articles; it fetches the page that its user names)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
}

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _NotPublicError(Exception):
    """An address that is not for everybody."""


def fetch(url: str, options: Options, *, transport: httpx.BaseTransport | None = None) -> Source:
    """The page at an address, with where it was found in the end and what the server says that it is.

    Args:
        url: an address of `http` or `https`.
        options: what its reader is told, and whether the page may come from this machine or its own network.
        transport: what carries the requests, where it is not the network.

    Raises:
        ArticleError: there is no network, no such page, or it is too large, too slow or not public.
    """
    answer: Queue[Source | Exception] = Queue(1)

    def ask() -> None:
        try:
            answer.put(_fetch(url, options, transport))
        except Exception as error:
            answer.put(error)

    # httpx limits each step; a server that sends a letter now and then takes no step too long, and for ever in all.
    Thread(target=ask, name="fetch", daemon=True).start()
    try:
        found = answer.get(timeout=SECONDS)
    except Empty:
        raise _too_slow(url) from None
    if isinstance(found, Exception):
        raise found
    return found


def _too_slow(url: str) -> ArticleError:
    return ArticleError(f"{url} takes longer than {SECONDS:g} s and was given up: try again later.")


def _fetch(url: str, options: Options, transport: httpx.BaseTransport | None) -> Source:
    import httpx

    began = monotonic()
    carrier: Any = transport or httpx.HTTPTransport(trust_env=False)
    if not options.allow_private:
        carrier = PublicOnly(carrier)
    # Without what the environment says of proxies: a proxy would resolve names itself.
    with (
        _explained(url),
        httpx.Client(
            transport=carrier,
            timeout=_STEP,
            follow_redirects=True,
            max_redirects=_REDIRECTIONS,
            headers=_HEADERS,
            trust_env=False,
        ) as client,
        client.stream("GET", url) as response,
    ):
        if response.status_code != httpx.codes.OK:
            said = f"{response.status_code} {response.reason_phrase}".rstrip()
            raise ArticleError(f"{url} cannot be had: the server answers {said}.")
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > LARGEST:
                raise ArticleError(f"{url} is too large: postil reads up to {LARGEST / 1e6:,.0f} MB.")
            if monotonic() - began > SECONDS:
                raise _too_slow(url)
        found = str(response.url)
        content_type = response.headers.get("content-type")
    return Source(found, io.BytesIO(bytes(data)), options, url=found, fetched=now(), content_type=content_type)


class PublicOnly:
    """Carries each request to an address that was found to be public, whatever the name says then."""

    def __init__(self, carrier: httpx.BaseTransport) -> None:
        """Hand the requests on to `carrier`, with an address in the place of the name."""
        self._carrier = carrier

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; a redirection is another."""
        import httpx

        address = public_address(request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80))
        return self._carrier.handle_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,  # among them Host, which has the name
                stream=request.stream,
                # The certificate has to be that of the name.
                extensions={**request.extensions, "sni_hostname": request.url.host},
            )
        )

    def close(self) -> None:
        """Close the carrier."""
        self._carrier.close()

    def __enter__(self) -> PublicOnly:
        """Be what httpx takes for a transport; it is no subclass, since httpx is imported when a page is fetched."""
        self._carrier.__enter__()
        return self

    def __exit__(self, kind: Any = None, error: Any = None, trace: Any = None) -> None:
        """Close the carrier."""
        self._carrier.__exit__(kind, error, trace)


def public_address(host: str, port: int) -> str:
    """The first of a host's addresses, if all of them are public: a name with one that is not is a trap.

    Raises:
        _NotPublicError: one is not.
        httpx.ConnectError: there is no such host, or no network to ask.
    """
    import httpx

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(str(error)) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(is_public(ipaddress.ip_address(address)) for address in addresses):
        raise _NotPublicError(host)
    return addresses[0]


def is_public(address: Address) -> bool:
    """Whether an address is for everybody. One that wraps an IPv4 address is what that one is."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """Say in a sentence what went wrong on the way."""
    import httpx

    try:
        yield
    except _NotPublicError as error:
        raise ArticleError(
            f"{url} leads to {error}, which is this machine or its own network: --allow-private reads it all the same."
        ) from error
    except httpx.TooManyRedirects as error:
        raise ArticleError(f"{url} leads on and on, more than {_REDIRECTIONS} times: it was given up.") from error
    except httpx.TimeoutException as error:
        raise ArticleError(f"{url} does not answer in time: try again later.") from error
    except httpx.UnsupportedProtocol as error:
        raise ArticleError(f"{url} leads to what is neither http nor https: it was left alone.") from error
    except httpx.ConnectError as error:
        why = " ".join(str(error).split())
        if isinstance(error.__cause__ and error.__cause__.__context__, ssl.SSLError) or "CERTIFICATE" in why:
            raise ArticleError(f"{url} has no certificate that can be trusted ({why}).") from error
        raise ArticleError(f"{url} cannot be reached ({why}): check the address and the network.") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
        raise ArticleError(f"{url} cannot be fetched ({' '.join(str(error).split())}).") from error
