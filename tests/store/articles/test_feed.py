"""Feeds: an article an item, in RSS and Atom, however many there are and whatever is wrong with them."""

from __future__ import annotations

import pytest

from store.articles import feed
from store.articles.sources import Options, Source
from store.records import Article
from tests.store.articles.making import one, read, refusal
from tests.store.helpers import at_most

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Post</title><link>https://post.example/</link><language>en-GB</language>
<item><title>AT&amp;amp;T buys a mill</title><link>/mill</link><dc:creator>Ann Lee</dc:creator>
<pubDate>Tue, 03 Jun 2025 09:39:21 GMT</pubDate><category>Business</category><guid isPermaLink="false">17</guid>
<description>Short.</description>
<content:encoded><![CDATA[<p>One <b>bold</b> word.</p><ul><li>a</li></ul>]]></content:encoded></item>
<item><title>No text</title></item>
<item><title>Plain</title><guid>https://post.example/3</guid><description>Just words.</description></item>
</channel></rss>
"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
<link rel="self" href="https://blatt.example/feed"/><link href="https://blatt.example/"/><author><name>Zoe</name></author>
<entry><title type="html">Ein &lt;i&gt;Tag&lt;/i&gt;</title><link href="eins"/><updated>2025-06-03T00:00:00Z</updated>
<author><name>Ann</name><email>ann@blatt.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Kopf</h2><p>Worte.</p></div></content></entry>
<entry><title>Zwei</title><summary type="text">Nur &lt; Text.</summary></entry></feed>
"""


def test_each_item_is_an_article_with_what_the_feed_says_of_it() -> None:
    (first, second), sentences = read("feed.xml", RSS)
    assert first.text == "One bold word.\n\n- a\n"
    assert (first.title, first.author, first.source) == ("AT&T buys a mill", "Ann Lee", "The Post")
    assert (first.url, first.published) == ("https://post.example/mill", "2025-06-03T09:39:21+00:00")
    assert first.provenance is not None
    assert (first.provenance.part, first.provenance.language) == ("item 1", "en-GB")
    assert first.provenance.meta == {"categories": ["Business"], "guid": "17"}
    assert (second.text, second.url) == ("Just words.\n", "https://post.example/3")
    assert sentences == ["feed.xml, item 2 has no text (No text)."]


def test_atom_has_its_own_words_for_it() -> None:
    (first, second), sentences = read("feed.atom", ATOM)
    assert sentences == []
    assert (first.title, first.author, first.source) == ("Ein Tag", "Ann", "Blatt")
    assert (first.text, first.url) == ("## Kopf\n\nWorte.\n", "https://blatt.example/eins")
    assert (second.text, second.author) == ("Nur < Text.\n", "Zoe")


def test_rss_1_is_a_feed_too() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>Old</title></channel><item><title>A</title><link>https://old.example/a</link>"
        "<description>Words.</description></item></rdf:RDF>"
    )
    article = one("feed.rdf", rdf)
    assert (article.title, article.text, article.source) == ("A", "Words.\n", "Old")


def test_a_link_that_is_none_of_the_web_is_not_kept() -> None:
    assert one("a.rss", RSS.replace("<link>/mill</link>", "<link>javascript:x()</link>").split("<item><title>No")[0]
               + "</channel></rss>").url is None  # fmt: skip


def test_what_is_damaged_in_the_middle_keeps_what_stands_before() -> None:
    cut = RSS[: RSS.index("<item><title>Plain")] + "<item><title>cut"
    articles, sentences = read("feed.xml", cut)
    assert articles[0].title == "AT&T buys a mill"
    assert sentences[-1].startswith("feed.xml is damaged in line ")


def test_a_feed_without_items_is_a_sentence() -> None:
    assert refusal("a.rss", "<rss><channel><title>x</title></channel></rss>").startswith(
        "a.rss is a feed without items"
    )


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY b PUBLIC "x" "http://x">',
    ],
)
def test_entities_that_grow_or_are_loaded_are_left_alone(entities: str) -> None:
    bomb = f"<!DOCTYPE rss [{entities}]><rss><channel><item><description>&b;</description></item></channel></rss>"
    assert "has entities made of entities, or of other files" in refusal("a.xml", bomb)


def test_an_entity_of_letters_is_not_expanded_either() -> None:
    item = "<item><description>so &b; it</description></item>"
    text = f'<!DOCTYPE rss [<!ENTITY b "boom">]><rss><channel>{item}</channel></rss>'
    assert "boom" not in one("a.xml", text).text


def test_ten_thousand_items_are_read_one_by_one() -> None:
    items = "".join(
        f"<item><title>{n}</title><description>&lt;p&gt;Words {n}.&lt;/p&gt;</description></item>"
        for n in range(10_000)
    )
    data = f"<rss><channel><title>Many</title>{items}</channel></rss>".encode()

    class Counting:
        """A file that knows how far it was read."""

        def __init__(self) -> None:
            import io

            self.file = io.BytesIO(data)

        def __getattr__(self, name: str) -> object:
            return getattr(self.file, name)

    counting = Counting()
    with at_most(60):
        source = Source("many.xml", counting, Options())  # type: ignore[arg-type]
        found = feed.articles(source)
        first = next(found)
        assert isinstance(first, Article)
        assert counting.file.tell() < len(data) / 2  # not read to its end for the first item
        assert 1 + sum(isinstance(one, Article) for one in found) == 10_000


def test_an_item_nested_without_end_is_bounded() -> None:
    deep = "<rss><channel><item><description>ok</description></item><item>" + "<x>" * 100_000
    articles, sentences = read("a.rss", deep)
    assert [article.text for article in articles][:1] == ["ok\n"]
    assert "is damaged" in sentences[-1]
