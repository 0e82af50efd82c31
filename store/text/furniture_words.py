"""The words that pages are furnished with, by what they belong to: a short list, of what most sites say in English.

A *line* is compared as a whole, folded (`store.text.likeness.fold`) and without its numbers, signs and arrows at both
ends; what a line *says* is looked for anywhere in it. A *title* is a line under which the rest of a box stands.
"""

from __future__ import annotations

import re

MENU = "menu"
BYLINE = "byline"
SHARING = "share buttons"
COOKIES = "cookie notice"
EVENT = "event advertisement"
ADVERTISEMENT = "advertisement"
RELATED = "related articles"
SIGN_UP = "sign-up box"
AUTHOR = "author box"
COMMENTS = "comments"
TAGS = "tags"
FOOTER = "page footer"
KINDS = (
    MENU, BYLINE, SHARING, COOKIES, EVENT, ADVERTISEMENT, RELATED, SIGN_UP, AUTHOR, COMMENTS, TAGS, FOOTER,
)  # fmt: skip


def _lines(words: str) -> frozenset[str]:
    return frozenset(word.strip() for word in words.split("|"))


LINES: dict[str, frozenset[str]] = {
    MENU: _lines(
        "skip to content|skip to main content|skip navigation|menu|main menu|home|homepage|news|world|sport|sports|"
        "weather|business|politics|technology|tech|science|health|culture|lifestyle|opinion|video|videos|podcasts|"
        "podcast|markets|economy|companies|archive|archives|topics|sections|search|log in|login|sign in|log out|"
        "register|account|my account|subscribe|subscriptions|shop|cart|basket|checkout|e-paper|live|forum|members|"
        "faq|blog|recipes|jobs|events|latest|trending|menu close|close menu|toggle navigation|open menu|close|sitemap|"
        "edit|history|talk|contents|table of contents|jump to navigation|jump to search"
    ),
    BYLINE: _lines("opinion|analysis|for immediate release|exclusive|sponsored|staff writer|jump to recipe"),
    SHARING: _lines(
        "share|tweet|email|e-mail|facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pinterest|instagram|youtube|"
        "tiktok|mastodon|bluesky|threads|flipboard|copy link|link copied|save|save for later|bookmark|pin it|print|"
        "print this page|follow us|follow|follow me|rss|like|rss feed|share this|mail|gift this article"
    ),
    COOKIES: _lines(
        "accept|accept all|accept cookies|accept all cookies|reject|reject all|manage preferences|cookie settings|"
        "manage cookies|decline|settings|i agree|ok, got it|got it|only necessary"
    ),
    ADVERTISEMENT: _lines(
        "advertisement|advert|ad|sponsored|sponsored content|promoted|paid content|learn more|buy now|shop now|"
        "find out more|download now|download the app|get the app|start free trial|try it free|order now|"
        "compare prices|view deals|join now|donate|donate now|support us|become a member|see offers|add to cart|"
        "add to basket|continue reading|continue reading below|story continues below|article continues below|"
        "article continues below advertisement|advertisement continue reading below|read more|see more|show more|"
        "view more|click here"
    ),
    EVENT: _lines(
        "register now|book now|reserve your seat|reserve your place|save your seat|get tickets|buy tickets|"
        "get your ticket|book your place|book your ticket|see the programme|view the agenda|register today|rsvp"
    ),
    RELATED: _lines("next article|previous article|next post|previous post|next|previous|back|older posts|newer posts"),
    SIGN_UP: _lines(
        "sign up|sign up now|subscribe|subscribe now|your email|your email address|enter your email|email address|"
        "enter your email address|e-mail address|join our mailing list|unsubscribe|update your preferences|"
        "update preferences|manage your subscription|forward to a friend|newsletter|submit|thank you for subscribing"
    ),
    COMMENTS: _lines(
        "comment|comments|leave a comment|leave a reply|reply|quote|report|load more comments|log in to comment|"
        "post a comment|add a comment|join the conversation|be the first to comment|no comments yet|view comments|"
        "yes|no|post comment|sort by newest|sort by: newest|like|upvote|flag"
    ),
    TAGS: _lines("tags|topics|filed under|categories"),
    FOOTER: _lines(
        "about|about us|contact|contact us|careers|corrections|advertise|advertise with us|privacy|privacy policy|"
        "cookies|cookie policy|terms|terms of use|terms of service|terms and conditions|imprint|legal|legal notice|"
        "accessibility|help|help centre|help center|customer service|returns|gift cards|back to top|top|site map|press|"
        "sitemap|newsletters|masthead|licensing|feedback|support|do not sell my personal information|edit this page"
    ),
}
"""Lines that are nothing but furniture, or are it where other furniture stands beside them."""

KIND_OF = {line: kind for kind in reversed(LINES) for line in LINES[kind]}
"""The first kind that has a line."""

WEAK = _lines(
    "news|world|sport|sports|weather|business|politics|technology|tech|science|health|culture|lifestyle|opinion|video|"
    "videos|podcasts|markets|economy|companies|topics|live|forum|members|recipes|jobs|events|latest|search|contents|"
    "account|history|talk|edit|settings|accept|reject|x|email|e-mail|mail|save|like|about|contact|press|help|top|"
    "support|feedback|comments|comment|report|quote|reply|yes|no|next|previous|register|newsletter|submit|exclusive|"
    "analysis|threads|print|follow|close|terms|privacy|cookies|returns|legal|licensing|corrections|careers|ad|donate|"
    "archive|archives|sections|blog|tags|categories|home|shop|cart|basket|checkout|share|decline|faq|flag|menu|email address"
)
"""Lines that say nothing on their own: an article may have a heading `Weather`, and people answer `Yes`."""

TITLES: dict[str, re.Pattern[str]] = {
    RELATED: re.compile(
        r"(related( (articles?|posts?|stories|content|links|topics|reading|news|coverage))?|read (also|next|more)|"
        r"more (from|on|in|by|about|like) .{1,40}|more (stories|news|articles|posts|songs|poems|recipes)|"
        r"most (read|popular|viewed|shared)|you (may|might) also (like|be interested in|enjoy)|"
        r"(recommended|picked|more) for you|recommended( (reading|stories|articles))?|trending( now)?|popular (posts|now)|"
        r"(recent|latest) (posts|news|articles|stories|comments)|editor's (picks|choice)|don't miss|what to read next|"
        r"customers also (bought|viewed)|people also (read|viewed|asked)|keep reading|up next|top stories|see also|"
        r"next article|previous article|in (this|the same) section|elsewhere on .{1,30}|from (our|the) archives?)"
    ),
    SIGN_UP: re.compile(
        r"((subscribe|sign up) (to|for) .{1,60}|get (our|the|your) .{0,40}(newsletter|inbox|e-?mail)\b.{0,30}|"
        r"newsletters?|our newsletter|stay (informed|in touch|up to date|connected)|join (our|the) .{0,30}"
        r"(newsletter|mailing list|community)|enjoy(ing|ed) this (story|article|post)\W*|never miss .{1,40})"
    ),
    AUTHOR: re.compile(r"(about the (authors?|writer|contributor)|written by|meet the author|about me)"),
    COMMENTS: re.compile(
        r"(\d+ )?(comments?|replies|responses|reviews)( \(\d+\))?|"
        r"(was|did you find) this .{1,30}(helpful|useful|interesting)\??|leave a (comment|reply)|discussion|"
        r"join the (discussion|conversation)"
    ),
    TAGS: re.compile(r"(tags?|topics|filed under|categories|keywords|more on these topics)"),
    SHARING: re.compile(
        r"share (this( \w+)?|on|via|the \w+)|follow (us|me)( (on|at) .{1,40})?|spread the word|connect with us|"
        r"find us on .{1,40}"
    ),
    ADVERTISEMENT: re.compile(
        r"(support our (journalism|work)|sponsored (by .{1,30}|links)|from our (partners|sponsors?))"
    ),
}
"""Lines that begin a box."""

SAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (COOKIES, re.compile(r"\b(we|this (web)?site)( and our [\w ]{1,30})? uses? cookies|cookies? (policy|settings|preferences)|"
                         r"(accept|by continuing).{0,40}cookies")),
    (SIGN_UP, re.compile(r"\b(by (signing up|subscribing),? you agree|unsubscribe (at )?any ?time|"
                         r"(sign up|subscribe) (for|to) (our|the|this|my) .{0,40}(newsletter|updates|podcast|channel|list|"
                         r"e-?mail)|you (are|re) receiving this (e-?mail|message)|you received this e-?mail|"
                         r"view (this|it)( e-?mail| message)? in (your|a) browser|in your inbox|straight to your inbox|"
                         r"enter your e-?mail|(news|story|stories) by e-?mail|subscribe to (continue|read|unlock))")),
    (COMMENTS, re.compile(r"\b(your email address will not be published|required fields are marked|"
                          r"you must be logged in|log ?in to (post|comment|reply)|leave a (comment|reply)( below)?|"
                          r"let us know in the comments|comments are closed|(was|is) this (page|article|story) "
                          r"(helpful|useful)|report a problem with this|found an? (error|mistake)\?)")),
    (FOOTER, re.compile(r"all rights reserved|^(©|\(c\)|copyright) ?(\d{4}|[^.]{0,40}\d{4})|^(powered by|created using|built with) \w+|^© |"
                        r"^(privacy|terms)\b.{0,30}\b(policy|terms|cookies|use)$|edit this page|may not be reproduced")),
    (SHARING, re.compile(r"^(share|tweet|follow|find|join|star|like|pin) (this|us|me|it|our)\b.{0,40}|"
                         r"^share (on|via|to) |^follow .{1,40} on (twitter|x|facebook|instagram|mastodon|bluesky|linkedin)|"
                         r"follow (him|her|them) (on|at) |share (it|this) with (a friend|your friends)|"
                         r"^print this (page|article|story|recipe)")),
    (RELATED, re.compile(r"^(read|see|watch|listen) (also|more|next|the docs)\b|^(related|recommended|next|previous|read also"
                         r"|also read|see also): |^read more .{1,30}$|^more on this")),
    (BYLINE, re.compile(r"^(published|posted|updated|last updated|last modified|first published|created)\b.{0,12}"
                        r"\b(\d{1,2}|\d{4}|january|february|march|april|may|june|july|august|september|october|november|"
                        r"december|ago|today|yesterday)\b.{0,60}$|"
                        r"^(by|from) (our|the) .{1,40} (correspondent|editor|staff|desk|reporter|writer)s?$|"
                        r"^\d{1,3}[ -]?min(ute)?s?( read)?( ago)?$|^(reading time|listen)\b.{0,30}\d|"
                        r"^listen to this (article|story)|^(author|written|posted|story|text|words|photographs?|photos?|pictures?|"
                        r"illustrations?|interview|reporting|image|edited|translated)( and (photographs|pictures|photos))?"
                        r"( by|:) .{2,60}$|^posted by |^jump to recipe")),
    (EVENT, re.compile(r"\b(early[- ]bird|(get|buy|book) (your )?tickets?\b|tickets? (from|available|are)\b|"
                       r"reserve your (seat|place)|register (now|today|here|free)|save the date|book (now|your place))")),
    (ADVERTISEMENT, re.compile(r"^(advertisement|sponsored)\b|\buse (the )?code [a-z0-9]+|\d+% off\b|"
                               r"free (delivery|shipping|trial)\b|^(support|fund) our (work|journalism)|"
                               r"\bbecome a (member|subscriber|patron|supporter)\b|"
                               r"\bfor (just )?[€$£]\d+(\.\d+)? (a|per) (month|week|year)\b|"
                               r"^book your (trip|stay|flight|hotel)|download (our|the) app|^shop \w+$")),
    (TAGS, re.compile(r"^(tags?|tagged|filed under|topics|categories|keywords): .{2,}")),
)  # fmt: skip
"""What only furniture says, however its line begins or ends; looked for in short paragraphs."""

DATE = re.compile(
    r"\b(\d{1,2}\.? (january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|"
    r"apr|jun|jul|aug|sep|sept|oct|nov|dec)\b|(january|february|march|april|may|june|july|august|september|october|"
    r"november|december) \d{1,2}\b|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
"""A date, folded."""
