"""Every action once, as data: its id, its keys, its words, and where it applies.

The bindings of screens and widgets, the footer, the help, the palette and the README's table of keys are all made
from `ACTIONS`. A key that is not here does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does."""

    id: str
    """`place.name`; the name by which a keymap speaks of it. The place says which widget or screen it belongs to."""
    keys: tuple[str, ...]
    """Textual's names of the keys, the one that is shown first."""
    words: str
    """What it does, in the fewest words: the footer has room for no more."""
    help: str
    """What it does, for the help and the palette."""
    call: str
    """The Textual action on the place's widget or screen; `{key}` in it is the key that was pressed."""
    footer: bool = False
    """Whether the footer shows it."""

    @property
    def place(self) -> str:
        """Where it applies: a key of `PLACES`."""
        return self.id.partition(".")[0]


PLACES = {
    "app": "Everywhere",
    "library": "Library",
    "find": "Searching the library",
    "names": "Names of the library",
    "rules": "Rules about names",
    "stats": "Figures",
    "list": "Lists and panels",
    "text": "Moving in the text",
    "select": "Selecting",
    "reader": "Reading and annotating",
    "deciding": "Deciding on names",
    "search": "Searching",
    "choose": "Choosing",
    "grouping": "Tags and collections",
    "add": "Adding articles",
    "hanging": "What hangs on an annotation",
    "drafts": "Drafts of notes",
    "versions": "What stands on other versions",
    "diff": "What changed between two versions",
    "inspect": "Looking into an annotation",
    "metadata": "Metadata of an article",
    "value": "Typing a value",
    "note": "Writing a note",
    "ask": "Leaving a note",
    "help": "This help",
}
"""The places in the order of the help, and what they are called there."""

NAME_KEYS = {
    "PERSON": ("p", "person"),
    "ORG": ("o", "organisation"),
    "GPE": ("g", "country, city or state"),
    "LOC": ("a", "place, an area"),
    "FAC": ("f", "building or site, a facility"),
    "NORP": ("n", "nationality or group"),
    "PRODUCT": ("r", "product"),
    "EVENT": ("i", "event, an incident"),
    "WORK_OF_ART": ("s", "work: a song, a story, a show"),
    "DATE": ("d", "date"),
    "MONEY": ("m", "sum of money"),
    "CARDINAL": ("c", "number, a count"),
    "MISC": ("z", "other name"),
}
"""The key of each label of names in the names' own mode, and what it is; its capital means every occurrence. The labels
are those of the English pipelines, and MISC of others; any other is chosen by typing a part of it."""


def _name_actions() -> Iterator[Action]:
    for label, (key, meaning) in NAME_KEYS.items():
        name = label.lower().replace("_", "-")
        words = name if len(name) < 14 else label.partition("_")[0].lower()
        yield Action(f"deciding.{name}", (key,), words, f"this is {label}: {meaning}", f"name_as('{label}')")
    for label, (key, _) in NAME_KEYS.items():
        name = label.lower().replace("_", "-")
        yield Action(f"deciding.{name}-all", (key.upper(),), f"all {name.partition('-')[0]}",
                     f"the same words are {label} wherever they stand in the article",
                     f"name_all_as('{label}')")  # fmt: skip


ACTIONS: tuple[Action, ...] = (
    Action("app.help", ("question_mark",), "help", "show the keys that work here", "help", footer=True),
    Action("app.palette", ("ctrl+p",), "palette", "find an action by typing a part of its name", "command_palette"),
    Action("app.suspend", ("ctrl+z",), "suspend", "go to the shell; fg comes back", "suspend_process"),
    Action("app.quit", ("ctrl+q",), "quit", "leave postil; everything is saved already", "quit"),
    Action("library.open", ("enter",), "open", "open the article", "open", footer=True),
    Action("library.filter", ("slash",), "filter", "show only titles, sources and authors with these words; and "
           "tag:budget, in:\"Elections 2024\", is:archived, is:unread", "filter", footer=True),
    Action("library.search", ("s",), "search", "search in all articles, notes and claims", "search", footer=True),
    Action("library.names", ("n",), "names", "the names of all articles, and where each is written", "names",
           footer=True),
    Action("library.add", ("a",), "add", "add a file, a folder or a web address; a file may be dragged here too", "add",
           footer=True),
    Action("library.mark", ("v",), "mark", "mark the row, or unmark it; what t c z d do is done to what is marked",
           "mark", footer=True),
    Action("library.mark-all", ("V",), "mark all", "mark all that the filter leaves, or unmark them", "mark_all"),
    Action("library.tags", ("t",), "tags", "give tags or take them away, by typing a part of one", "tags",
           footer=True),
    Action("library.collections", ("c",), "collect", "put into collections or take out", "collections",
           footer=True),
    Action("library.order", ("o",), "order", "sort by title, time, length or how far it is read; remembered", "order",
           footer=True),
    Action("library.archive", ("z",), "archive", "take out of the list; on archived ones (is:archived), bring back",
           "archive", footer=True),
    Action("library.delete", ("d",), "delete", "let count as gone, with what stands on it; on deleted ones "
           "(is:deleted), bring back", "delete", footer=True),
    Action("library.undo", ("u",), "undo", "undo the last act, here or in an article", "undo", footer=True),
    Action("library.redo", ("ctrl+r",), "redo", "redo what was undone", "redo"),
    Action("library.metadata", ("e",), "metadata", "title, author, source, URL, date and language, to be corrected, "
           "and where the text came from", "metadata"),
    Action("library.rules", ("r",), "rules", "the rules about names", "rules"),
    Action("library.done", ("D",), "done", "the article is done; again: it is not", "settle('done')", footer=True),
    Action("library.skip", ("S",), "skip", "skip the article; again: it is not skipped", "settle('skipped')"),
    Action("library.queue", ("Q",), "queue", "put the article at the end of the queue, or take it out", "queue",
           footer=True),
    Action("library.next", ("ctrl+n",), "next", "open what is next to do: the queue, then what is being read, then "
           "what is unread", "next", footer=True),
    Action("library.stats", ("T",), "figures", "what was done in the library, counted", "stats"),
    Action("library.drafts", ("W",), "drafts", "what was written of notes and not saved", "drafts"),
    Action("library.list", ("down",), "list", "go from the filter to the list", "list"),
    Action("library.clear", ("escape",), "all", "unmark what is marked, or show all articles again", "clear"),
    Action("library.leave", ("q",), "quit", "leave postil", "leave", footer=True),
    Action("find.open", ("enter",), "open", "search; on a hit, open its article there", "open", footer=True),
    Action("find.list", ("down",), "hits", "go from the line to the hits", "list"),
    Action("find.line", ("slash",), "search", "go to the line and search for something else", "line", footer=True),
    Action("find.leave", ("escape", "q"), "back", "back to the library", "leave", footer=True),
    Action("names.open", ("enter",), "places", "where the name is written; on a place, open its article there",
           "list", footer=True),
    Action("names.line", ("slash",), "find", "find names by their words", "line", footer=True),
    Action("names.list", ("down",), "list", "go from the line to the names", "list"),
    Action("names.leave", ("escape", "q"), "back", "from the places to the names, and back", "leave", footer=True),
    Action("rules.label", ("t",), "label", "choose what the rule says: a label, or never a name", "relabel",
           footer=True),
    Action("rules.case", ("c",), "case", "let upper and lower case count, or not", "case", footer=True),
    Action("rules.withdraw", ("d",), "withdraw", "withdraw the rule", "withdraw", footer=True),
    Action("rules.undo", ("u",), "undo", "undo the last act, here or in an article", "undo", footer=True),
    Action("rules.leave", ("escape", "q"), "back", "back", "leave", footer=True),
    Action("stats.switch", ("tab",), "all or article", "from the figures of the article to those of the whole "
           "library, and back", "switch", footer=True),
    Action("stats.leave", ("escape", "q", "T"), "back", "back", "leave", footer=True),
    Action("list.down", ("j", "down"), "down", "next line", "move(1)"),
    Action("list.up", ("k", "up"), "up", "previous line", "move(-1)"),
    Action("list.page-down", ("space", "pagedown", "ctrl+d"), "page down", "a page down", "page(1)"),
    Action("list.page-up", ("pageup", "ctrl+u"), "page up", "a page up", "page(-1)"),
    Action("list.top", ("g", "home"), "top", "first line", "end(-1)"),
    Action("list.bottom", ("G", "end"), "end", "last line", "end(1)"),
    Action("list.choose", ("enter",), "go there", "open the line, or go to its place in the text", "choose"),
    Action("deciding.yes", ("y",), "yes", "yes, this is what the name is", "judge('accept')", footer=True),
    Action("deciding.no", ("x",), "no name", "no, this is no name", "judge('reject')", footer=True),
    Action("deciding.label", ("t",), "label", "give the name another label: its key or a part of it", "choose_name",
           footer=True),
    Action("deciding.next", ("space", "right_square_bracket"), "next", "go on to the next name without deciding",
           "next_undecided(1)", footer=True),
    Action("deciding.previous", ("left_square_bracket",), "previous", "the previous name that is undecided",
           "next_undecided(-1)"),
    Action("deciding.yes-all", ("Y",), "yes to all", "yes, here and wherever the same words stand in the article",
           "judge_all('accept')", footer=True),
    Action("deciding.no-all", ("X",), "none of all", "no name, here and wherever the same words stand in the article",
           "judge_all('reject')", footer=True),
    Action("deciding.label-all", ("T",), "label all", "choose a label for the same words in the whole article",
           "choose_name_for_all"),
    Action("deciding.everywhere", ("E",), "in all articles", "what a capital just settled: in every article, asked "
           "with the number of places", "everywhere", footer=True),
    Action("deciding.end-on", ("L",), "longer", "the name ends a word later", "border('end', 1, 'word')", footer=True),
    Action("deciding.start-back", ("H",), "begins before", "the name begins a word earlier",
           "border('start', -1, 'word')"),
    Action("deciding.end-back", ("K",), "shorter", "the name ends a word earlier", "border('end', -1, 'word')",
           footer=True),
    Action("deciding.start-on", ("J",), "begins after", "the name begins a word later", "border('start', 1, 'word')"),
    Action("deciding.end-on-sign", ("shift+right",), "a sign longer", "the name ends a character later",
           "border('end', 1, 'sign')"),
    Action("deciding.end-back-sign", ("shift+left",), "a sign shorter", "the name ends a character earlier",
           "border('end', -1, 'sign')"),
    Action("deciding.start-back-sign", ("shift+up",), "a sign before", "the name begins a character earlier",
           "border('start', -1, 'sign')"),
    Action("deciding.start-on-sign", ("shift+down",), "a sign after", "the name begins a character later",
           "border('start', 1, 'sign')"),
    *_name_actions(),
    Action("deciding.leave", ("escape", "e", "q"), "leave", "drop the selection, or leave the names", "leave_names",
           footer=True),
    Action("text.left", ("h", "left"), "left", "a character back", "go('left')"),
    Action("text.down", ("j", "down"), "down", "a line down", "rows(1)"),
    Action("text.up", ("k", "up"), "up", "a line up", "rows(-1)"),
    Action("text.right", ("l", "right"), "right", "a character on", "go('right')"),
    Action("text.word", ("w",), "word", "next word", "go('word_forward')"),
    Action("text.word-back", ("b",), "word back", "this word's start, or the previous word", "go('word_back')"),
    Action("text.sentence", ("right_parenthesis",), "sentence", "next sentence", "go('sentence_forward')",
           footer=True),
    Action("text.sentence-back", ("left_parenthesis",), "sentence back",
           "this sentence's start, or the previous sentence", "go('sentence_back')"),
    Action("text.paragraph", ("right_curly_bracket",), "paragraph", "next paragraph", "go('paragraph_forward')"),
    Action("text.paragraph-back", ("left_curly_bracket",), "paragraph back",
           "this paragraph's start, or the previous paragraph", "go('paragraph_back')"),
    Action("text.line-start", ("0",), "row start", "the start of the row", "digit(0)"),
    Action("text.line-end", ("dollar_sign",), "row end", "the end of the row", "go('line_end')"),
    Action("text.half-down", ("ctrl+d",), "half a page", "half a page down", "pages(0.5)"),
    Action("text.half-up", ("ctrl+u",), "half a page up", "half a page up", "pages(-0.5)"),
    Action("text.page-down", ("space", "pagedown"), "page", "a page down", "pages(1)"),
    Action("text.page-up", ("pageup",), "page up", "a page up", "pages(-1)"),
    Action("text.top", ("g", "home"), "top", "the start of the text; with a count, that row", "go('top')"),
    Action("text.bottom", ("G", "end"), "end", "the end of the text; with a count, that row", "go('bottom')"),
    Action("text.next-name", ("greater_than_sign",), "next name", "next highlighted name", "entity(1)"),
    Action("text.previous-name", ("less_than_sign",), "previous name", "previous highlighted name", "entity(-1)"),
    Action("text.next-hit", ("n",), "next hit", "next hit of the search", "hit(1)", footer=True),
    Action("text.previous-hit", ("N",), "previous hit", "previous hit of the search", "hit(-1)", footer=True),
    Action("text.back", ("apostrophe",), "jump back", "back to where the last jump began, and forth again", "back"),
    Action("text.count", tuple("123456789"), "count", "how often to do what the next key does: 3) is three sentences",
           "digit({key})"),
    Action("text.fold", ("z",), "fold", "show the page furniture or the repeat that is folded here, or fold it again",
           "fold", footer=True),
    Action("text.fold-all", ("Z",), "fold all", "show everything that is folded, or fold it all again", "fold_all"),
    Action("text.wider", ("plus", "equals_sign"), "wider", "wider text; remembered", "measure(4)"),
    Action("text.narrower", ("minus",), "narrower", "narrower text; remembered", "measure(-4)"),
    Action("text.select", ("v",), "select", "start a selection that motions extend, or drop it", "select",
           footer=True),
    Action("select.sentence", ("s",), "sentence", "while selecting: the whole sentence", "select_span('sentence')",
           footer=True),
    Action("select.paragraph", ("p",), "paragraph", "while selecting: the whole paragraph",
           "select_span('paragraph')", footer=True),
    Action("select.entity", ("e",), "name", "while selecting: the name under the caret", "select_span('entity')",
           footer=True),
    Action("select.quote", ("quotation_mark",), "quote", "select what stands between quotation marks here",
           "select_span('quote')", footer=True),
    Action("select.piece", ("comma",), "and also", "while selecting: keep this piece, v then adds another",
           "keep_piece", footer=True),
    Action("text.drop", ("escape",), "drop", "drop the count, the selection, or the hits of a search", "drop",
           footer=True),
    Action("reader.take-claimant", ("i",), "claimant", "take who is proposed to make the claim under the caret",
           "take_claimant", footer=True),
    Action("reader.claim", ("c",), "claim", "tag the selection or the sentence as a claim", "tag('CLAIM')",
           footer=True),
    Action("reader.label", ("t",), "label", "tag with a label of the scheme: its key or a part of its name; 2t is "
           "the second label", "label", footer=True),
    Action("reader.inspect", ("enter",), "inspect", "look into the annotation: what it says in its attributes",
           "inspect", footer=True),
    Action("reader.relate", ("r",), "relate", "take the annotation along: enter relates it to the one that you go to, "
           "or to words that become EVIDENCE; r again leaves it", "relate", footer=True),
    Action("reader.hanging", ("m",), "relations", "the annotation with all that hangs on it", "hanging"),
    Action("reader.note", ("a",), "note", "write a note on the selection, the annotation or the sentence", "note",
           footer=True),
    Action("reader.article-note", ("A",), "article note", "write a note on the whole article", "article_note"),
    Action("reader.drafts", ("W",), "drafts", "what was written of notes and not saved", "drafts"),
    Action("reader.repeat", ("full_stop",), "repeat", "do the last tag, note or withdrawal again, here", "repeat",
           footer=True),
    Action("reader.withdraw", ("d",), "withdraw", "withdraw the annotation under the caret", "withdraw", footer=True),
    Action("reader.keep-open", ("K",), "is text", "this is no page furniture and no repeat: never fold it again",
           "keep_open", footer=True),
    Action("reader.names", ("e",), "names", "decide on the names, from the next undecided one on", "decide",
           footer=True),
    Action("reader.metadata", ("M",), "metadata", "what is known of the article, to be corrected: title, author, "
           "source, URL, date, language", "metadata"),
    Action("reader.versions", ("V",), "versions", "what stands on other versions of the text: take it over, place it, "
           "or leave it there", "versions", footer=True),
    Action("reader.rules", ("R",), "rules", "the rules about names", "rules"),
    Action("reader.index", ("I",), "index of names", "the names of the whole library", "names"),
    Action("reader.copy", ("y",), "copy", "copy the selection, the annotation or the sentence with its source",
           "copy('text')", footer=True),
    Action("reader.copy-markdown", ("Y",), "copy Markdown", "the same as Markdown", "copy('markdown')"),
    Action("reader.undo", ("u",), "undo", "undo the last act, across restarts", "undo", footer=True),
    Action("reader.redo", ("ctrl+r",), "redo", "redo what was undone", "redo"),
    Action("reader.next-annotation", ("right_square_bracket",), "next mark", "next claim or note",
           "annotation(1)"),
    Action("reader.previous-annotation", ("left_square_bracket",), "previous mark", "previous claim or note",
           "annotation(-1)"),
    Action("reader.search", ("slash",), "search", "search in the text", "search", footer=True),
    Action("reader.panel", ("o",), "panel", "show or hide the side panel: contents, claims, notes, names", "panel",
           footer=True),
    Action("reader.focus", ("tab", "shift+tab"), "text or panel", "go from the text to the panel and back",
           "switch_focus"),
    Action("reader.layers", ("L",), "layers", "show or hide claims, notes, names, hits, the sentence", "layers"),
    Action("reader.alone", ("f",), "only the text", "hide everything but the text, and show it again", "alone"),
    Action("reader.done", ("D",), "done", "the article is done; again: it is not", "settle('done')", footer=True),
    Action("reader.skip", ("S",), "skip", "skip the article; again: it is not skipped", "settle('skipped')"),
    Action("reader.queue", ("Q",), "queue", "put the article at the end of the queue, or take it out", "queue"),
    Action("reader.next", ("ctrl+n",), "next article", "open what is next to do: the queue, then what is being read, "
           "then what is unread", "next"),
    Action("reader.stats", ("T",), "figures", "what was done in this article, counted", "stats"),
    Action("reader.back", ("q",), "back", "back to the library", "back", footer=True),
    Action("search.go", ("enter",), "go", "go to the first hit from here", "submit", footer=True),
    Action("search.regex", ("ctrl+r",), "regex", "search for a regular expression, or for plain text again", "regex",
           footer=True),
    Action("search.leave", ("escape", "ctrl+q"), "leave", "leave the search; the caret stays", "leave", footer=True),
    Action("choose.down", ("down", "tab"), "down", "next line", "move(1)", footer=True),
    Action("choose.up", ("up", "shift+tab"), "up", "previous line", "move(-1)", footer=True),
    Action("choose.take", ("enter",), "choose", "take this line", "take", footer=True),
    Action("choose.leave", ("escape", "ctrl+q"), "leave", "choose nothing", "leave", footer=True),
    Action("grouping.down", ("down", "tab"), "down", "next line", "move(1)", footer=True),
    Action("grouping.up", ("up", "shift+tab"), "up", "previous line", "move(-1)", footer=True),
    Action("grouping.take", ("enter",), "give or take", "give it to the articles; what all of them have is taken away",
           "take", footer=True),
    Action("grouping.rename", ("f2",), "rename", "call it otherwise wherever it is", "rename", footer=True),
    Action("grouping.leave", ("escape", "ctrl+q"), "leave", "choose nothing", "leave", footer=True),
    Action("add.take", ("enter",), "add", "add it", "take", footer=True),
    Action("add.complete", ("tab",), "complete", "go on with the path as far as there is one way", "complete",
           footer=True),
    Action("add.leave", ("escape", "ctrl+q"), "leave", "add nothing", "leave", footer=True),
    Action("hanging.note", ("a",), "note", "write a note on the relation", "note", footer=True),
    Action("hanging.withdraw", ("d",), "withdraw", "withdraw the relation", "withdraw", footer=True),
    Action("hanging.undo", ("u",), "undo", "undo the last act", "undo", footer=True),
    Action("hanging.leave", ("escape", "q", "ctrl+q"), "back", "back to the text", "leave", footer=True),
    Action("drafts.discard", ("d",), "discard", "discard the draft, or take it back", "discard", footer=True),
    Action("drafts.leave", ("escape", "q", "ctrl+q"), "back", "back", "leave", footer=True),
    Action("versions.take", ("t",), "take over", "take it over to this version, where its words were found", "take",
           footer=True),
    Action("versions.place", ("p",), "place", "place it by hand: select the words in the text, enter places it",
           "place", footer=True),
    Action("versions.settle", ("x",), "leave", "leave it on the other version: it is not shown here again", "settle",
           footer=True),
    Action("versions.take-all", ("T",), "all certain", "take over everything whose place is certain", "take_all",
           footer=True),
    Action("versions.diff", ("d",), "differences", "what changed between the two versions", "diff", footer=True),
    Action("versions.open", ("o",), "open", "open the version that it stands on, or the newest one", "open",
           footer=True),
    Action("versions.undo", ("u",), "undo", "undo the last act", "undo", footer=True),
    Action("versions.redo", ("ctrl+r",), "redo", "redo what was undone", "redo"),
    Action("versions.back", ("escape", "q", "ctrl+q"), "back", "back to the text", "back", footer=True),
    Action("diff.back", ("escape", "q", "ctrl+q", "d"), "back", "back to what stands on other versions", "back",
           footer=True),
    Action("inspect.digit", tuple("1234567890"), "choose", "choose the option at that place, or say that number; "
           "letters choose any option that has one", "digit('{key}')"),
    Action("inspect.write", ("enter",), "type", "type the value; a span takes the selected words", "write",
           footer=True),
    Action("inspect.clear", ("backspace", "delete"), "take back", "take back what is said there", "clear",
           footer=True),
    Action("inspect.take", ("i",), "claimant", "take who is proposed to make the claim", "take", footer=True),
    Action("inspect.down", ("down", "tab", "j"), "down", "next attribute", "move(1)", footer=True),
    Action("inspect.up", ("up", "shift+tab", "k"), "up", "previous attribute", "move(-1)", footer=True),
    Action("inspect.undo", ("u",), "undo", "undo the last change", "undo", footer=True),
    Action("inspect.close", ("escape", "q", "ctrl+q"), "close", "back to the text; every change is saved already",
           "close", footer=True),
    Action("metadata.write", ("enter",), "correct", "type what the field says", "write", footer=True),
    Action("metadata.as-given", ("backspace", "delete"), "as found", "take the correction back: what the source says "
           "stands again", "as_given", footer=True),
    Action("metadata.down", ("down", "tab", "j"), "down", "next row", "move(1)", footer=True),
    Action("metadata.up", ("up", "shift+tab", "k"), "up", "previous row", "move(-1)", footer=True),
    Action("metadata.undo", ("u",), "undo", "undo the last act", "undo", footer=True),
    Action("metadata.close", ("escape", "q", "ctrl+q"), "close", "back; every change is saved already", "close",
           footer=True),
    Action("value.save", ("enter",), "save", "say what was typed; nothing typed takes back what is said", "save",
           footer=True),
    Action("value.leave", ("escape", "ctrl+q"), "leave", "leave what is said as it is", "leave", footer=True),
    Action("note.save", ("ctrl+s", "ctrl+enter"), "save", "save the note", "save", footer=True),
    Action("note.leave", ("escape", "ctrl+q"), "leave", "leave; asks first if something was typed", "leave",
           footer=True),
    Action("note.other", ("ctrl+o",), "other text", "show another text of the note: a draft, or what is saved",
           "other"),
    Action("ask.save", ("y", "enter"), "save", "save the note", "answer('save')", footer=True),
    Action("ask.discard", ("n",), "discard", "leave without saving; the draft can be got back for a while",
           "answer('discard')", footer=True),
    Action("ask.later", ("l",), "later", "leave, and keep a draft that is there when the note is opened again",
           "answer('later')", footer=True),
    Action("ask.go-on", ("escape", "ctrl+q"), "go on writing", "go on writing", "answer('go_on')", footer=True),
    Action("help.close", ("escape", "q", "question_mark", "ctrl+q"), "close", "close the help", "close", footer=True),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}

POSITIONS = {action.id: position for position, action in enumerate(ACTIONS)}
"""Where each action stands in the footer, whatever keys it has."""

SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "dollar_sign": "$",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "apostrophe": "'",
    "quotation_mark": '"',
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "escape": "esc",
}
"""How keys are written that have a longer name."""


def sign(key: str) -> str:
    """How a key is written for a person: `)` for `right_parenthesis`."""
    return SIGNS.get(key, key)


def of(*places: str) -> Iterator[Action]:
    """The actions of some places, in order."""
    return (action for action in ACTIONS if action.place in places)


def bindings(*places: str) -> list[BindingType]:
    """Textual's bindings for the actions of some places."""
    from textual.binding import Binding

    return [
        Binding(
            keys,
            action.call.format(key=keys),
            action.words,
            show=action.footer,
            key_display=sign(action.keys[0]),
            tooltip=action.help,
            id=action.id,
        )
        for action in of(*places)
        for keys in (action.keys if "{key}" in action.call else (",".join(action.keys),))
    ]
