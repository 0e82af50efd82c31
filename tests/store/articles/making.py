"""Files of every kind, made for the tests from the words that are in them, and read again."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

from store.articles.files import read_source
from store.articles.sources import Options, Source
from store.errors import ArticleError
from store.records import Article


def read(name: str, data: bytes | str, options: Options | None = None) -> tuple[list[Article], list[str]]:
    """The articles of a file of that name, and the sentences about what is none."""
    content = data.encode() if isinstance(data, str) else data
    articles: list[Article] = []
    sentences: list[str] = []
    try:
        for found in read_source(Source(name, io.BytesIO(content), options or Options())):
            if isinstance(found, ArticleError):
                sentences.append(found.sentence)
            else:
                articles.append(found)
    except ArticleError as error:
        sentences.append(error.sentence)
    return articles, sentences


def one(name: str, data: bytes | str, options: Options | None = None) -> Article:
    """The only article of a file in which nothing is wrong."""
    (article,), sentences = read(name, data, options)
    assert sentences == []
    return article


def refusal(name: str, data: bytes | str, options: Options | None = None) -> str:
    """The only sentence about a file that gives no article."""
    articles, (sentence,) = read(name, data, options)
    assert articles == []
    return sentence


def zipped(members: Mapping[str, bytes | str], *, packed: bool = True) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=archive.compression)
    return file.getvalue()


def tarred(members: Mapping[str, bytes | str], *, links: Mapping[str, str] | None = None) -> bytes:
    """A .tar.gz; `links` are names and where they lead."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, target in (links or {}).items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            archive.addfile(link)
        for name, data in members.items():
            content = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


_CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_METADATA = "<dc:title>The Mill</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en-GB</dc:language>"


def epub(
    chapters: Mapping[str, str], *, metadata: str = _METADATA, others: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A book of chapters, `c1.xhtml` and so on: the title in the table of contents, and what is in the body."""
    numbered = list(enumerate(chapters, start=1))
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n, _ in numbered)
    spine = "".join(f'<itemref idref="c{n}"/>' for n, _ in numbered)
    links = "".join(f'<li><a href="c{n}.xhtml">{title}</a></li>' for n, title in numbered)
    space = 'xmlns="http://www.w3.org/1999/xhtml"'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>'
            f'<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}</manifest>'
            f'<spine><itemref idref="nav"/>{spine}</spine></package>',
            "OEBPS/nav.xhtml": f"<html {space}><body><nav><ol>{links}</ol></nav></body></html>",
            **{f"OEBPS/c{n}.xhtml": f"<html {space}><body>{chapters[title]}</body></html>" for n, title in numbered},
            **(others or {}),
        },
        packed=False,
    )


Line = tuple[float, float, float, str]
"""Of a page of PDF: how far from its left and its lower edge in points, the size of the letters, and the words."""


def pdf(pages: Sequence[Sequence[Line]], *, info: str = "", trailer: str = "") -> bytes:
    """A PDF with the lines where they are said to be, in Helvetica."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf {left} {bottom} Td ({_literal(words)}) Tj ET\n" for left, bottom, size, words in lines
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    file = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    index = f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<< /Size {count} /Root 1 0 R /Info 4 0 R {trailer} >>\n"
    return file + f"{index}{end}startxref\n{len(file)}\n%%EOF\n".encode()


def _literal(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


_KEYS = f"/O <{'41' * 32}> /U <{'42' * 32}>"
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 {_KEYS} >> /ID [<{'43' * 16}> <{'43' * 16}>]"
"""What the trailer of a PDF with a password says."""
