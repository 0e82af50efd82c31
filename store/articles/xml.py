"""XML from strangers: nothing is loaded, no entity of a document's own is expanded, and depth and size are bounded."""

from __future__ import annotations

import re
from typing import Any

_NAMESPACES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.idpf.org/2007/opf": "opf",
    "http://www.w3.org/1999/xhtml": "html",
    "urn:oasis:names:tc:opendocument:xmlns:container": "container",
}

HARDENED: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "recover": True,
}
"""What every parser of lxml is told."""

_BOMB = re.compile(rb"<!ENTITY\s[^>]*?(?:\bSYSTEM\b|\bPUBLIC\b|&\w)")


def name_of(tag: object) -> str:
    """A tag as `prefix:name` with the prefix that its namespace is known by here; empty for what is no element."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    prefix = _NAMESPACES.get(space[1:], "other") if space else ""
    return f"{prefix}:{name}" if prefix else name


def parse(data: bytes) -> Any:
    """The root of a document of XML, or None if there is none."""
    import lxml.etree

    try:
        return lxml.etree.fromstring(data, parser=lxml.etree.XMLParser(**HARDENED))
    except (lxml.etree.XMLSyntaxError, ValueError):
        return None


def words(element: Any) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def is_bomb(head: bytes) -> bool:
    """Whether a document declares entities made of others, or to be loaded: nobody means well by that."""
    return bool(_BOMB.search(head))
