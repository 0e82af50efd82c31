"""Searching: what a pattern finds, where the hits lie, and patterns that would never end."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from tui.reading.page import Span
from tui.reading.search import Hits, PatternError, Query, find

FAMILY = "👩‍👩‍👧"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


def never() -> bool:
    return False


def spans(text: str, pattern: str, *, regex: bool = False) -> list[Span]:
    hits = find(text, Query(pattern, regex), never)
    return list(zip(hits.starts, hits.ends, strict=True))


def found(text: str, pattern: str, *, regex: bool = False) -> list[str]:
    return [text[start:end] for start, end in spans(text, pattern, regex=regex)]


def refusal(pattern: str, text: str = "aaa") -> str:
    with pytest.raises(PatternError) as error:
        find(text, Query(pattern, regex=True), never)
    return error.value.sentence


# Plain patterns


def test_a_pattern_is_found_wherever_it_stands() -> None:
    assert spans("a rose is a rose", "rose") == [(2, 6), (12, 16)]


def test_hits_do_not_share_a_sign() -> None:
    assert spans("aaaaa", "aa") == [(0, 2), (2, 4)]


def test_signs_of_regular_expressions_are_only_signs_in_a_plain_pattern() -> None:
    assert found("It cost $2.75 (or 2x75).", "$2.75 (") == ["$2.75 ("]


COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


@pytest.mark.parametrize("pattern", [COMPOSED, DECOMPOSED])
def test_a_letter_with_a_mark_is_found_as_one_code_point_and_as_two(pattern: str) -> None:
    assert found(f"a {COMPOSED}, a {DECOMPOSED} and a cafe", pattern) == [COMPOSED, DECOMPOSED]


def test_a_letter_with_two_marks_is_found_however_far_it_is_composed() -> None:
    forms = ["vi\u1ec7t", "vi\u1eb9\u0302t", "vie\u0323\u0302t"]
    for pattern in forms:
        assert found(" ".join(forms), pattern) == forms


def test_a_syllable_of_hangul_is_found_as_its_letters() -> None:
    assert found("\ud55c \u1112\u1161\u11ab", "\ud55c") == ["\ud55c", "\u1112\u1161\u11ab"]


def test_a_sign_that_stands_for_a_letter_is_found_as_itself() -> None:
    assert found("10 \u212b, 5 \u00c5", "\u212b") == ["\u212b", "\u00c5"]


@pytest.mark.parametrize(
    ("pattern", "hits"),
    [
        ("court", ["court", "Court", "COURT"]),
        ("Court", ["Court"]),
        ("COURT", ["COURT"]),
        ("cOurt", []),
    ],
)
def test_a_pattern_without_capitals_finds_both_cases_and_one_with_them_is_exact(pattern: str, hits: list[str]) -> None:
    assert found("court Court COURT", pattern) == hits


def test_capitals_beyond_ascii_count_too() -> None:
    assert found("ökonomie Ökonomie", "ökonomie") == ["ökonomie", "Ökonomie"]
    assert found("ökonomie Ökonomie", "Ökonomie") == ["Ökonomie"]


@pytest.mark.parametrize("gap", [" ", "   ", "\n", " \n\n\t", "\u00a0", "\u3000"])
def test_white_space_finds_any_white_space(gap: str) -> None:
    assert found(f"the high{gap}court.", "high court") == [f"high{gap}court"]


def test_white_space_at_the_ends_of_a_pattern_is_looked_for_and_taken_whole() -> None:
    assert spans("a  b a", " b") == [(1, 4)]
    assert spans("a  b  a", "b ") == [(3, 6)]
    assert spans("a  b a", "\n") == [(1, 3), (4, 5)]


def test_a_long_run_of_spaces_is_looked_through_once() -> None:
    # Tried from each of its spaces this would take longer than a pattern is given.
    assert spans(" " * 300_000 + "ba", " a") == []
    assert spans(" " * 300_000 + "b", " b") == [(0, 300_001)]


def test_straight_quotes_and_hyphens_find_typeset_ones() -> None:
    text = "“It’s a nine‑year-old’s well\u00adknown claim,” he said"
    assert found(text, "it's") == ["It’s"]
    assert found(text, 'claim,"') == ["claim,”"]
    assert found(text, "nine-year-old's") == ["nine‑year-old’s"]
    assert found(text, "well-known") == ["well\u00adknown"]


def test_what_is_typed_curly_is_found_curly_only() -> None:
    assert found("it's it’s", "it’s") == ["it’s"]


def test_nothing_is_found_of_nothing() -> None:
    assert spans("text", "") == []
    assert spans("", "text") == []
    assert spans("", "", regex=True) == []


# Regular expressions


def test_a_regular_expression_is_one_only_where_it_is_asked_for() -> None:
    assert found("2.75 2x75", "2.75") == ["2.75"]
    assert found("2.75 2x75", "2.75", regex=True) == ["2.75", "2x75"]


def test_line_ends_are_ends_and_a_dot_stops_at_them() -> None:
    text = "one two\nthree four"
    assert found(text, r"^\w+", regex=True) == ["one", "three"]
    assert found(text, r"\w+$", regex=True) == ["two", "four"]
    assert found(text, r"one.*", regex=True) == ["one two"]


def test_empty_matches_are_no_hits() -> None:
    assert found("axxb", "x*", regex=True) == ["xx"]
    assert found("two words", r"\b|\w+", regex=True) == ["two", "words"]
    assert found("a\n\nb", "^", regex=True) == []


def test_more_empty_matches_than_one_look_has_do_not_hold_a_search_up() -> None:
    assert spans("a" * 5000 + "x", "x*", regex=True) == [(5000, 5001)]


def test_what_stands_before_a_hit_can_be_asked_for_wherever_the_last_one_ended() -> None:
    assert spans("ab" * 1000, "(?<=a)b", regex=True) == [(start, start + 1) for start in range(1, 2000, 2)]
    assert spans("aa", "^a", regex=True) == [(0, 1)]


@pytest.mark.parametrize(
    ("pattern", "hits"),
    [
        (r"\Sda", ["Ada", "ada"]),
        (r"\bada\W", ["Ada ", "ada "]),
        (r"\x61da", ["Ada", "ada"]),
        (r"\u00C9mile", ["Émile", "émile"]),
        (r"\N{LATIN SMALL LETTER A}da", ["Ada", "ada"]),
        (r"(?P<Name>ada)", ["Ada", "ada"]),
        (r"(?<Name>ada)", ["Ada", "ada"]),
        (r"[[:Alpha:]]da", ["Ada", "ada"]),
        (r"(?<=A)da", ["da"]),
        (r"Ada", ["Ada"]),
        (r"(?-i:a)da", ["ada"]),
    ],
)
def test_capitals_count_in_what_is_looked_for_not_in_how_it_is_written(pattern: str, hits: list[str]) -> None:
    assert found("Ada ada Émile émile", pattern, regex=True) == hits


@pytest.mark.parametrize("pattern", [r"\p{Lu}da", r"\p{Uppercase}da", r"[[:upper:]]da", r"\P{Ll}da"])
def test_a_pattern_that_asks_for_a_case_gets_it(pattern: str) -> None:
    assert found("Ada ada", pattern, regex=True) == ["Ada"]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("(abc", "That is not a regular expression: missing ) at position 4."),
        ("*", "That is not a regular expression: nothing to repeat at position 0."),
        (r"\p{Foo}", "That is not a regular expression: unknown property at position 7."),
        ("(?V0)(?V1)a", "That is not a regular expression: VERSION0 and VERSION1 flags are mutually incompatible."),
        ("(?r)a", "A search runs forwards; leave out the flag (?r)."),
    ],
)
def test_a_pattern_that_is_none_gets_a_sentence(pattern: str, sentence: str) -> None:
    assert refusal(pattern) == sentence


def test_groups_nested_too_deeply_get_a_sentence() -> None:
    assert refusal("(" * 5000) == "That is not a regular expression: its groups are nested too deeply."


def test_a_pattern_may_be_long_but_not_endless() -> None:
    assert refusal("a" * 10_001) == "A pattern may have at most 10,000 signs, not 10,001."


@pytest.mark.parametrize("pattern", ["(?:(?:a{1000}){1000}){1000}", "x{4000000000}"])
def test_a_pattern_too_large_to_compile_is_not_compiled(pattern: str) -> None:
    assert refusal(pattern) == "Repeats in a pattern may come to 100,000 at most, nested ones multiplied."


@pytest.mark.parametrize("pattern", ["(?R)", "(a(?1))", "(?<x>a(?&x))", "(?P<x>a(?P>x))"])
def test_a_pattern_that_calls_itself_is_refused(pattern: str) -> None:
    assert refusal(pattern) == "A pattern may not call one of its own groups, as (?R) and (?1) do."


def test_numbers_and_letters_that_only_look_dangerous_are_looked_for() -> None:
    assert found("x{4000000000}", r"\{4000000000\}", regex=True) == ["{4000000000}"]
    assert found("2024-04-23", r"\d{4}-\d{2}-\d{2}", regex=True) == ["2024-04-23"]


def test_a_pattern_that_explodes_ends_with_a_sentence() -> None:
    assert refusal("(a|aa)+$", "a" * 60 + "b") == "This pattern takes too long; say more exactly what it repeats."


# Whole clusters


@pytest.mark.parametrize(
    ("text", "pattern", "hits"),
    [
        ("cafe\u0301 cafe", "cafe", ["cafe\u0301", "cafe"]),
        ("cafe\u0301 cafe", "\u0301", ["e\u0301"]),
        (f"a {FAMILY} b", "👧", [FAMILY]),
        (f"a {FAMILY} b", "👩", [FAMILY]),
        (WALES * 2, "\U000e0067", [WALES, WALES]),
        ("🇯🇵🇮🇹", "🇵🇮", ["🇯🇵🇮🇹"]),
        ("北平改名为北京", "北", ["北", "北"]),
        ("नाम", "म", ["म"]),
        ("न\u093eम", "न", ["न\u093e"]),
    ],
)
def test_hits_are_whole_clusters(text: str, pattern: str, hits: list[str]) -> None:
    assert found(text, pattern) == hits


def test_the_next_hit_is_looked_for_after_the_cluster_that_the_last_one_ends_in() -> None:
    assert spans(f"{FAMILY}{FAMILY}", "[👩👧]", regex=True) == [(0, 5), (5, 10)]


# Many hits, and none any more


def test_two_hundred_thousand_hits_are_all_found() -> None:
    hits = find("claim, " * 200_000 + "…", Query("claim"), never)
    assert len(hits) == 200_000
    assert list(hits.starts) == list(range(0, 1_400_000, 7))
    assert list(hits.ends) == list(range(5, 1_400_000, 7))


def test_a_search_that_is_stopped_gives_what_it_has() -> None:
    asked = iter([False, False, True])
    text = "claim, " * 10_000
    hits = find(text, Query("claim"), lambda: next(asked))
    assert 0 < len(hits) < 10_000
    assert list(hits.starts) == [7 * index for index in range(len(hits))]


def test_a_search_that_is_stopped_before_it_begins_finds_nothing() -> None:
    assert len(find("claim", Query("claim"), lambda: True)) == 0


def test_a_search_in_a_thread_finds_what_one_here_does() -> None:
    text = "The claim is that the claim is made. " * 2000
    results: list[Hits] = []
    thread = threading.Thread(target=lambda: results.append(find(text, Query(r"claim\b.*?is", regex=True), never)))
    thread.start()
    here = find(text, Query(r"claim\b.*?is", regex=True), never)
    thread.join()
    assert results[0].starts == here.starts
    assert results[0].ends == here.ends


# Asking about hits


HITS = Hits([2, 10, 20], [5, 12, 21])


def test_the_hits_of_a_piece_are_those_that_share_a_sign_with_it() -> None:
    assert HITS.within(0, 2) == []
    assert HITS.within(0, 3) == [(2, 5)]
    assert HITS.within(4, 11) == [(2, 5), (10, 12)]
    assert HITS.within(5, 10) == []
    assert HITS.within(11, 11) == []
    assert HITS.within(0, 100) == [(2, 5), (10, 12), (20, 21)]


def test_the_next_and_the_previous_hit() -> None:
    assert [HITS.after(offset) for offset in (0, 2, 19, 20)] == [0, 1, 2, None]
    assert [HITS.before(offset) for offset in (2, 3, 10, 11, 100)] == [None, 0, 0, 1, 2]


def test_the_hit_under_an_offset() -> None:
    assert [HITS.at(offset) for offset in (1, 2, 4, 5, 10, 20, 21)] == [None, 0, 0, None, 1, 2, None]


def test_the_parts_of_a_text_that_have_a_hit() -> None:
    assert HITS.shares(5, 50) == {0, 1, 2}
    assert HITS.shares(1, 50) == {0}
    assert HITS.shares(0, 50) == set()
    assert Hits([1], [2]).shares(6, 2) == {3, 4, 5}
    assert Hits().shares(5, 50) == set()
    assert Hits().shares(5, 0) == set()


@given(st.data())
def test_hits_answer_as_a_list_of_spans_would(data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 60))
    borders = sorted(data.draw(st.sets(st.integers(0, length))))
    listed = list(zip(borders[::2], borders[1::2], strict=False))
    hits = Hits([start for start, _ in listed], [end for _, end in listed])
    a, b = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    assert hits.within(a, b) == [(start, end) for start, end in listed if max(start, a) < min(end, b)]
    assert hits.at(a) == next((n for n, (start, end) in enumerate(listed) if start <= a < end), None)
    assert hits.after(a) == next((n for n, (start, _) in enumerate(listed) if start > a), None)
    assert hits.before(a) == max((n for n, (start, _) in enumerate(listed) if start < a), default=None)
    buckets = data.draw(st.integers(1, 80))
    assert hits.shares(buckets, length) == {
        bucket
        for bucket in range(buckets)
        for start, end in listed
        if max(start * buckets, bucket * length) < min(end * buckets, (bucket + 1) * length)
    }


# A naive oracle

SIGNS = st.sampled_from(["a", "b", "B", "-", "'", "‑", "’", " ", "\n", "\u0301", "\u200d", "👩", "👧", "北", ".", "("])
ALIKE = {"'": "'’", "-": "-‑"}


def alike(wanted: str, sign: str, exact: bool) -> bool:
    return sign in ALIKE.get(wanted, wanted) or (not exact and wanted.lower() == sign.lower())


def match_end(text: str, start: int, pattern: str, exact: bool) -> int | None:
    """Where the plain pattern that starts here ends, sign by sign."""
    if pattern[0].isspace() and start and text[start - 1].isspace():
        return None
    position = start
    words = " ".join(pattern.split()) if pattern.strip() else ""
    words = (" " if pattern[0].isspace() else "") + words + (" " if words and pattern[-1].isspace() else "")
    for wanted in words:
        if wanted == " ":
            first = position
            while position < len(text) and text[position].isspace():
                position += 1
            if position == first:
                return None
        elif position < len(text) and alike(wanted, text[position], exact):
            position += 1
        else:
            return None
    return position


def naively(text: str, pattern: str) -> list[Span]:
    borders = [0]
    for cluster in iter_graphemes(text):
        borders.append(borders[-1] + len(cluster))
    exact = pattern != pattern.lower()
    hits: list[Span] = []
    position = 0
    while position < len(text):
        end = match_end(text, position, pattern, exact)
        if end is None:
            position += 1
            continue
        hits.append((max(b for b in borders if b <= position), min(b for b in borders if b >= end)))
        position = hits[-1][1]
    return hits


@given(st.text(SIGNS, max_size=40), st.text(SIGNS, min_size=1, max_size=3))
def test_a_plain_search_finds_what_looking_at_each_sign_finds(text: str, pattern: str) -> None:
    assert spans(text, pattern) == naively(text, pattern)


@given(st.text(SIGNS, max_size=40), st.sampled_from([r"\w", r".", r"\W+", r"[^a]{2}", r"(?=a)|b", r"\s|$", r"a.*"]))
def test_hits_are_whole_ascending_and_apart(text: str, pattern: str) -> None:
    borders = {0}
    for cluster in iter_graphemes(text):
        borders.add(max(borders) + len(cluster))
    last = 0
    for start, end in spans(text, pattern, regex=True):
        assert {start, end} <= borders
        assert last <= start < end
        last = end
