"""The words that pages are furnished with, by what they belong to: a short list, of what most sites say in English.

A *line* is compared as a whole, folded (`store.text.likeness.fold`) and without signs, arrows and counts at both ends;
what a line *says* is looked for anywhere in it. A *title* is a line under which the rest of a box stands.
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


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


LINES: dict[str, frozenset[str]] = {
    MENU: _lines(
        "skip to content|skip to main content|skip navigation|menu|main menu|home|homepage|news|world|sport|sports|"
        "weather|business|politics|technology|tech|science|health|culture|lifestyle|opinion|video|videos|podcasts|"
        "podcast|markets|economy|companies|archive|archives|topics|sections|search|log in|login|sign in|log out|"
        "register|account|my account|subscribe|subscriptions|shop|cart|basket|checkout|e-paper|live|forum|members|"
        "faq|blog|recipes|jobs|events|latest|trending|menu close|close menu|toggle navigation|open menu|close|sitemap|"
        "edit|history|talk|contents|table of contents|jump to navigation|jump to search|jump to content|"
        "skip to navigation|skip to main|skip to footer|skip links|main page|random article|create account|"
        "create an account|toggle sidebar|on this page|in this article|all topics|all sections|all articles|all posts|"
        "all episodes|all categories|my profile|my library|my list|contents hide|article talk|read edit view history|"
        "read view source view history|mobile view|desktop site|view all|see all|view all posts|view all articles|"
        "view all episodes|view all journals|more episodes|buying guides|buyer's guides|your basket is empty|"
        "your cart is empty|your bag is empty|choose language|change language|select language|dark mode|light mode|"
        "toggle dark mode|toggle search|open search|close search|search the site|explore content|explore|deals|"
        "reviews|light|dark|language|languages|article|docs|pricing|features|products|solutions|resources|community|"
        "download|downloads|home page|start page|wishlist|favourites|notifications|messages|more|all|a-z|browse|"
        "guides|tools|programmes|schedule|crossword|puzzles|obituaries|classifieds|today's paper|print edition"
    ),
    BYLINE: _lines(
        "opinion|analysis|for immediate release|exclusive|sponsored|staff writer|jump to recipe|show authors|"
        "authors and affiliations|view author publications|open access|show more authors|read full bio|full bio|"
        "view profile|see full bio"
    ),
    SHARING: _lines(
        "share|tweet|email|e-mail|facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pinterest|instagram|youtube|"
        "share this article|share article|share this page|share this post|share this story|share on facebook|"
        "share on twitter|share on x|share on linkedin|share on whatsapp|share by email|share via email|email this|"
        "email article|copy to clipboard|copy url|get link|cite this article|cite this|cite|download pdf|view pdf|"
        "download citation|download references|export citation|permalink|embed|share episode|download episode|"
        "play episode|play|apple podcasts|spotify|google podcasts|show transcript|leave a review|listen|"
        "listen on your favourite app|add to favourites|add to list|save article|saved|send to a friend|metrics|"
        "tiktok|mastodon|bluesky|threads|flipboard|copy link|link copied|save|save for later|bookmark|pin it|print|"
        "print this page|follow us|follow|follow me|rss|like|rss feed|share this|mail|gift this article"
    ),
    COOKIES: _lines(
        "accept|accept all|accept cookies|accept all cookies|reject|reject all|manage preferences|cookie settings|"
        "accept additional cookies|reject additional cookies|view cookies|cookie preferences|accept necessary cookies|"
        "accept necessary|necessary cookies only|use necessary cookies only|essential cookies only|manage consent|"
        "privacy settings|privacy preferences|save preferences|save settings|confirm my choices|allow all|deny|"
        "deny all|accept & close|accept and close|accept and continue|agree and close|reject non-essential|"
        "manage options|show details|customise|customize|"
        "manage cookies|decline|settings|i agree|ok, got it|got it|only necessary"
    ),
    ADVERTISEMENT: _lines(
        "advertisement|advert|ad|sponsored|sponsored content|promoted|paid content|learn more|buy now|shop now|"
        "find out more|download now|download the app|get the app|start free trial|try it free|order now|"
        "compare prices|view deals|join now|donate|donate now|support us|become a member|see offers|add to cart|"
        "add to basket|continue reading|continue reading below|story continues below|article continues below|"
        "article continues below advertisement|advertisement continue reading below|read more|see more|show more|"
        "view more|click here|check price|see price|check availability|add to wishlist|in stock|out of stock|sold out|"
        "today's best deals|best deals|see all deals|view offer|view deal|get deal|support the show|publish with us|"
        "advertise here|remove ads|hide ads|report this ad|ad feedback|why this ad?|sponsored links|paid post|"
        "start your free trial|start your trial|subscribe for full access|upgrade now|go premium|get started|"
        "request a demo|book a demo|contact sales|apply now|enquire now|get a quote|make a donation|give now|"
        "support our journalism|support our work|become a supporter|become a patron|buy tickets now|pre-order now"
    ),
    EVENT: _lines(
        "register now|book now|reserve your seat|reserve your place|save your seat|get tickets|buy tickets|"
        "get your ticket|book your place|book your ticket|see the programme|view the agenda|register today|rsvp"
    ),
    RELATED: _lines(
        "next article|previous article|next post|previous post|next|previous|back|older posts|newer posts|load more|"
        "load more articles|more articles|more stories|most popular|similar content being viewed by others|next page|"
        "previous page|next chapter|previous chapter|next lesson|previous lesson|view more articles|see more stories|"
        "read next|up next|back to articles|back to news|back to blog|back to list|back to overview|all news"
    ),
    SIGN_UP: _lines(
        "sign up|sign up now|subscribe|subscribe now|your email|your email address|enter your email|email address|"
        "enter your email address|e-mail address|join our mailing list|unsubscribe|update your preferences|"
        "sign up free|sign up for free|sign up today|sign up here|subscribe today|subscribe now for free|join free|"
        "create a free account|register for free|already a subscriber? log in|already a subscriber?|"
        "already have an account?|already a member? log in|get the newsletter|subscribe by email|view sample|"
        "no thanks|not now|maybe later|i'm not a robot|your name|first name|last name|leave this field empty|"
        "update preferences|manage your subscription|forward to a friend|newsletter|submit|thank you for subscribing"
    ),
    COMMENTS: _lines(
        "comment|comments|leave a comment|leave a reply|reply|quote|report|load more comments|log in to comment|"
        "post a comment|add a comment|join the conversation|be the first to comment|no comments yet|view comments|"
        "help us improve this site|help us improve this page|report this comment|report comment|reply with quote|"
        "write a comment|write a review|show comments|hide comments|view all comments|read comments|all comments|"
        "log in to reply|sign in to comment|cancel reply|oldest first|newest first|best first|sort by|"
        "yes|no|post comment|sort by newest|sort by: newest|like|upvote|flag"
    ),
    TAGS: _lines("tags|topics|filed under|categories|hidden categories|keywords|see more tags"),
    FOOTER: _lines(
        "about|about us|contact|contact us|careers|corrections|advertise|advertise with us|privacy|privacy policy|"
        "cookies|cookie policy|terms|terms of use|terms of service|terms and conditions|imprint|legal|legal notice|"
        "accessibility|help|help centre|help center|customer service|returns|gift cards|back to top|top|site map|press|"
        "accessibility statement|cookie statement|cookie notice|privacy notice|privacy statement|your privacy choices|"
        "do not sell or share my personal information|modern slavery statement|terms & conditions|terms of sale|"
        "conditions of use|legal information|disclaimer|rights and permissions|reprints and permissions|"
        "about this article|about this site|about this page|services and information|code of conduct|"
        "editorial guidelines|editorial policy|ethics policy|complaints|corrections policy|our team|our authors|"
        "work with us|write for us|partner with us|media kit|press room|press office|investor relations|"
        "contact support|help & support|customer support|delivery information|shipping|shipping information|"
        "store locator|find a store|follow our work|developers|api|status|system status|impressum|datenschutz|"
        "company|our company|who we are|what we do|site credits|colophon|scroll to top|go to top|return to top|"
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
    "archive|archives|sections|blog|tags|categories|home|shop|cart|basket|checkout|share|decline|faq|flag|menu|"
    "email address|explore|deals|reviews|light|dark|language|languages|article|docs|pricing|features|products|"
    "solutions|resources|community|download|downloads|wishlist|notifications|messages|more|all|browse|guides|tools|"
    "programmes|schedule|obituaries|classifieds|crossword|puzzles|open access|cite|embed|play|listen|metrics|saved|"
    "apple podcasts|spotify|in stock|out of stock|sold out|deny|customise|customize|show details|keywords|"
    "disclaimer|complaints|developers|api|status|company|shipping|your name|first name|last name|not now|no thanks|"
    "all news|read next|up next|get started|apply now|on this page|in this article|what we do|who we are|sort by|"
    "view all|see all|most popular|best deals|maybe later|permalink|favourites|code of conduct|our team|our company|"
    "terms of sale|conditions of use|a-z|schedule|press office"
)
"""Lines that say nothing on their own: an article may have a heading `Weather`, and people answer `Yes`."""

TITLES: dict[str, re.Pattern[str]] = {
    RELATED: _any(
        r"related( (articles?|posts?|stories|content|links|topics|reading|news|coverage))?",
        r"read (also|next|more)",
        r"more (from|on|in|by|about|like) .{1,40}",
        r"more (stories|news|articles|posts|songs|poems|recipes)",
        r"most (read|popular|viewed|shared)",
        r"you (may|might) also (like|be interested in|enjoy)",
        r"(recommended|picked|more) for you",
        r"recommended( (reading|stories|articles))?",
        r"trending( now)?",
        r"popular (posts|now)",
        r"(recent|latest) (posts|news|articles|stories|comments)",
        r"editor's (picks|choice)",
        r"don't miss",
        r"what to read next",
        r"customers also (bought|viewed)",
        r"people also (read|viewed|asked)",
        r"keep reading",
        r"up next",
        r"top stories",
        r"see also",
        r"next article",
        r"previous article",
        r"in (this|the same) section",
        r"elsewhere on .{1,30}",
        r"from (our|the) archives?",
    ),
    SIGN_UP: _any(
        r"(subscribe|sign up) (to|for) .{1,60}",
        r"get (our|the|your) .{0,40}(newsletter|inbox|e-?mail)\b.{0,30}",
        r"newsletters?",
        r"our newsletter",
        r"stay (informed|in touch|up to date|connected)",
        r"join (our|the) .{0,30}(newsletter|mailing list|community)",
        r"enjoy(ing|ed) this (story|article|post)\W*",
        r"never miss .{1,40}",
    ),
    AUTHOR: _any(
        r"about the (authors?|writer|contributor)",
        r"written by",
        r"meet the author",
        r"about me",
    ),
    COMMENTS: _any(
        r"(\d+ )?(comments?|replies|responses|reviews)( \(\d+\))?",
        r"(was|did you find) this .{1,30}(helpful|useful|interesting)\??",
        r"leave a (comment|reply)",
        r"discussion",
        r"join the (discussion|conversation)",
    ),
    TAGS: _any(
        r"tags?",
        r"topics",
        r"filed under",
        r"categories",
        r"keywords",
        r"more on these topics",
    ),
    SHARING: _any(
        r"share (this( \w+)?|on|via|the \w+)",
        r"follow (us|me)( (on|at) .{1,40})?",
        r"spread the word",
        r"connect with us",
        r"find us on .{1,40}",
    ),
    ADVERTISEMENT: _any(
        r"support our (journalism|work)",
        r"sponsored (by .{1,30}|links)",
        r"from our (partners|sponsors?)",
    ),
}
"""Lines that begin a box."""

SAYS: dict[str, re.Pattern[str]] = {
    COOKIES: _any(
        r"\b(we|this (web)?site)( and our [\w ]{1,30})? uses? cookies",
        r"cookies? (policy|settings|preferences)",
        r"(accept|by continuing).{0,40}cookies",
    ),
    SIGN_UP: _any(
        r"\bby (signing up|subscribing),? you agree",
        r"\bunsubscribe (at )?any ?time",
        r"\b(sign up|subscribe) (for|to) (our|the|this|my) .{0,40}(newsletter|updates|podcast|channel|list|e-?mail)",
        r"\byou (are|re) receiving this (e-?mail|message)",
        r"\byou received this e-?mail",
        r"\bview (this|it)( e-?mail| message)? in (your|a) browser",
        r"\bin your inbox",
        r"\bstraight to your inbox",
        r"\benter your e-?mail",
        r"\b(news|story|stories) by e-?mail",
        r"\bsubscribe to (continue|read|unlock)",
    ),
    COMMENTS: _any(
        r"\byour email address will not be published",
        r"\brequired fields are marked",
        r"\byou must be logged in",
        r"\blog ?in to (post|comment|reply)",
        r"\bleave a (comment|reply)( below)?",
        r"\blet us know in the comments",
        r"\bcomments are closed",
        r"\b(was|is) this (page|article|story) (helpful|useful)",
        r"\breport a problem with this",
        r"\bfound an? (error|mistake)\?",
    ),
    FOOTER: _any(
        r"all rights reserved",
        r"^(©|\(c\)|copyright) ?(\d{4}|[^.]{0,40}\d{4})",
        r"^(powered by|created using|built with) \w+",
        r"^© ",
        r"^(privacy|terms)\b.{0,30}\b(policy|terms|cookies|use)$",
        r"edit this page",
        r"may not be reproduced",
        r"^(this )?page (was )?last (edited|modified|updated|changed|reviewed)\b",
        r"^hosted (on|by) ",
        r"\b(see|read) our (privacy|cookie) (policy|notice)",
        r"^from .{0,24}\bfree encyclopedia$",
        r"^retrieved from .{0,12}https?:",
        r"^(site|website|theme) (by|design by|designed by) ",
    ),
    SHARING: _any(
        r"^(share|tweet|follow|find|join|star|like|pin) (this|us|me|it|our)\b.{0,40}",
        r"^share (on|via|to) ",
        r"^follow .{1,40} on (twitter|x|facebook|instagram|mastodon|bluesky|linkedin)",
        r"follow (him|her|them) (on|at) ",
        r"share (it|this) with (a friend|your friends)",
        r"^print this (page|article|story|recipe)",
    ),
    RELATED: _any(
        r"^(read|see|watch|listen) (also|more|next|the docs)\b",
        r"^(related|recommended|next|previous|read also|also read|see also): ",
        r"^read more .{1,30}$",
        r"^more on this",
    ),
    BYLINE: _any(
        r"^(published|posted|updated|last updated|last modified|first published|"
        r"created)\b.{0,12}\b(\d{1,2}|\d{4}|january|february|march|april|may|june|july|august|september|"
        r"october|november|december|ago|today|yesterday)\b.{0,60}$",
        r"^(by|from) (our|the) .{1,40} (correspondent|editor|staff|desk|reporter|writer)s?$",
        r"^\d{1,3}[ -]?min(ute)?s?( read)?( ago)?$",
        r"^(reading time|listen)\b.{0,30}\d",
        r"^listen to this (article|story)",
        r"^(author|written|posted|story|text|words|photographs?|photos?|pictures?|illustrations?|"
        r"interview|reporting|image|edited|translated)( and (photographs|pictures|photos))?( by|"
        r":) .{2,60}$",
        r"^posted by ",
        r"^\d{4}-\d{2}-\d{2},? (\d{1,2}:\d{2} )?by \w+",
        r"^jump to recipe",
        r"^(image|photo|picture|photograph|illustration) credits?: ",
        r"^\d[\d,.]*k? (accesses|citations|views|shares|reads|downloads|likes|retweets)$",
    ),
    EVENT: _any(
        r"\bearly[- ]bird",
        r"\b(get|buy|book) (your )?tickets?\b",
        r"\btickets? (from|available|are)\b",
        r"\breserve your (seat|place)",
        r"\bregister (now|today|here|free)",
        r"\bsave the date",
        r"\bbook (now|your place)",
    ),
    ADVERTISEMENT: _any(
        r"^(advertisement|sponsored)\b",
        r"\buse (the )?code [a-z0-9]+",
        r"\d+% off\b",
        r"free (delivery|shipping|trial)\b",
        r"^(support|fund) our (work|journalism)",
        r"\bbecome a (member|subscriber|patron|supporter)\b",
        r"\bfor (just )?[€$£]\d+(\.\d+)? (a|per) (month|week|year)\b",
        r"^book your (trip|stay|flight|hotel)",
        r"download (our|the) app",
        r"^shop \w+$",
        r"\b(earn|receive) (an? )?(small )?(affiliate )?commission\b",
        r"\baffiliate links?\b",
        r"^(view|buy) at \w+$",
        r"\bfor the best prices$",
    ),
    TAGS: _any(
        r"^(tags?|tagged|filed under|topics|categories|keywords): .{2,}",
    ),
}
"""What only furniture says, however its line begins or ends; looked for in short paragraphs."""

DATE = re.compile(
    r"\b(\d{1,2}\.? (january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|"
    r"apr|jun|jul|aug|sep|sept|oct|nov|dec)\b|(january|february|march|april|may|june|july|august|september|october|"
    r"november|december) \d{1,2}\b|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
"""A date, folded."""
