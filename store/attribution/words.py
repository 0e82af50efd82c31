"""The words that attribution is told by, in English: verbs of saying, people without a name, papers that speak."""

from __future__ import annotations

from collections.abc import Iterator


def _forms(bases: str, irregular: str = "") -> frozenset[str]:
    """Every form of some verbs; an irregular one is written with its forms, parted by strokes."""
    found = {form for verb in irregular.split() for form in verb.split("/")}
    for base in bases.split():
        found.update(_inflected(base))
    return frozenset(found)


def _inflected(base: str) -> Iterator[str]:
    yield base
    yield base + "es" if base.endswith(("s", "sh", "ch", "x")) else _consonant_y(base, "ies") or base + "s"
    if base.endswith("e"):
        yield base + "d"
        yield base[:-1] + "ing"
    else:
        yield _consonant_y(base, "ied") or base + "ed"
        yield base + "ing"


def _consonant_y(base: str, ending: str) -> str:
    return base[:-1] + ending if base.endswith("y") and base[-2] not in "aeiou" else ""


SAYING = _forms(
    "announce argue warn insist deny concede explain predict allege assert declare contend testify complain stress "
    "emphasise emphasize reckon believe suspect joke fume retort reply reiterate assure caution lament opine estimate "
    "blame accuse dispute acknowledge promise pledge vow doubt criticise criticize dismiss praise inform remind "
    "reassure expect comment protest boast remark exclaim enthuse proclaim attest foresee",
    "say/says/said/saying tell/tells/told/telling think/thinks/thought/thinking quip/quips/quipped/quipping "
    "admit/admits/admitted/admitting rebut/rebuts/rebutted/rebutting forecast/forecasts/forecasting",
)
"""Verbs that attribute whatever follows."""

STATING = _forms(
    "add claim maintain suggest note observe report state indicate conclude confirm reveal disclose calculate rule "
    "decide agree accept respond counter recall remember propose hope fear post tweet describe mention signal advise "
    "judge discover imply hint object demand recommend deem disagree muse mutter murmur whisper shout sigh laugh "
    "chuckle conjecture hypothesise affirm reaffirm assess infer",
    "find/finds/found/finding show/shows/showed/shown/showing write/writes/wrote/written/writing "
    "feel/feels/felt/feeling put/puts/putting call/calls/called/calling",
)
"""Verbs that attribute a clause or a quotation, and mean something else with another object."""

NEVER_ALONE = _forms(
    "discover decide rule laugh sigh hint signal fear hope post tweet note state remark comment object demand judge"
)
"""Of those, the ones that need `that`, a quotation, or to stand behind a comma after what they attribute."""

PHRASES = {
    "point": ("out",), "points": ("out",), "pointed": ("out",), "pointing": ("out",),
    "gave": ("evidence",), "gives": ("evidence",), "giving": ("evidence",), "spelled": ("out",), "spelt": ("out",),
    "made": ("clear",), "makes": ("clear",), "hit": ("back",), "hits": ("back",), "shot": ("back",),
}  # fmt: skip
"""Verbs that attribute together with the word that follows."""

ADVERBS = frozenset(
    "here there sometimes usually generally widely frequently occasionally commonly also then later now once "
    "again however meanwhile still first even always already since often never just nevertheless nonetheless "
    "too itself himself herself themselves both all either not n't afterwards yesterday today previously "
    "recently soon only rather instead though therefore thus".split()
)
"""Words between a subject and its verb, besides those in `-ly`."""

HAVING = frozenset("has have had having 've".split())
BEING = frozenset("is are was were be been being 's am".split())
DOING = frozenset("does do did doesn't don't didn't".split())
MODAL = frozenset("would could should might may can must cannot".split())
WILL = frozenset("will shall".split())
NEGATIVE = frozenset("not n't never".split())

PRONOUNS = {
    "he": "m", "she": "f", "it": "i", "they": "p", "i": "a", "we": "a",
}  # fmt: skip
"""Subjects: a man, a woman, a thing, several, and whoever writes."""

DETERMINERS = frozenset(
    "the a an this that these those its his her their my our your some several many most few all both no one "
    "two three four five six seven eight nine ten dozens hundreds another other each every any more half".split()
)

OWNING = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "i", "our": "we"}
"""The pronoun that is meant by a possessive one."""

FINITE = BEING | HAVING | DOING | MODAL | WILL
"""Verbs that no subject holds."""

SUBORDINATE = frozenset("when after before if until once unless since whether than".split())
"""Words that begin a clause which attributes nothing."""

BOUNDARIES = frozenset(
    "but and while as although though because that which who whom whose when after if since whether so or yet "
    "than until where before nor unless whereas what how why".split()
)
"""Words before which a clause's subject does not begin."""

RELATIVE = frozenset("who which whose whom that where".split())

PREPOSITIONS = frozenset(
    "on in at by from with under outside during for to of about into over between near within without inside "
    "since after before against around through behind across among amid despite".split()
)

FOR_AT = frozenset("of for at from in to with by on close familiar".split())
"""Words by which a subject goes on: a spokesman for, people close to."""

SPOKESPEOPLE = frozenset("spokesman spokeswoman spokesperson spokespeople spokesmen spokeswomen".split())
"""Who speaks for somebody else."""

PAPERS = frozenset(
    "report reports study studies survey surveys paper papers statement figures statistics data document "
    "documents memo note letter analysis review poll polls research audit inquiry investigation findings table "
    "tables accounts estimate estimates calculations website blog book article summary guidance office team "
    "assessment filing ruling judgment release index brochure newsletter leaflet petition complaint lawsuit "
    "indictment prospectus editorial column essay textbook log logs record records bulletin count census trial "
    "trials test tests experiment".split()
)
"""What speaks for whoever made it, if that is told."""

MAKING = frozenset(
    "released published compiled conducted commissioned prepared written issued made produced collected kept "
    "drawn carried out sent".split()
)
"""Participles between a paper and who made it."""

SPEAKERS = frozenset(
    "police officials researchers scientists experts critics prosecutors witnesses organisers organizers "
    "authorities economists analysts ministers councillors residents campaigners supporters opponents doctors "
    "lawyers sources historians investigators unions employers teachers parents neighbours locals activists "
    "staff management people farmers authors economist analyst lawmakers diplomats executives investors "
    "observers politicians scholars engineers traders advocates detectives firefighters counsel polls "
    "statistics figures readers reporters".split()
)
"""Who speaks without a name and without an article."""

INSTITUTIONS = frozenset(
    "company firm ministry university council club charity party union association agency authority board bank "
    "government court institute foundation group team organisation organization commission committee "
    "department hospital school station centre center trust society federation museum police paper newspaper "
    "magazine manufacturer maker operator chipmaker carmaker airline retailer developer bureau office chamber "
    "service regulator academy college laboratory network league county city state district church consortium "
    "startup start-up publisher broadcaster supermarket utility lender insurer".split()
)
"""What an organisation is called when its name was given before."""

ORGANISED = frozenset(
    "Ministry Bank Bureau Court Institute University Department Office Board Council Association Federation "
    "Museum Academy Society Centre Center College School Commission Committee Union House Party Fund "
    "Foundation Chamber Agency Trust League Alliance Authority Panel Index Service Church Bishop State "
    "Republic Kingdom Hospital Clinic Group Journal Register".split()
)
"""Words of names that go on with `of` or `for`."""

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady judge justice president minister prime chancellor "
    "senator congressman congresswoman representative governor mayor councillor councilwoman councilman chief "
    "executive officer detective inspector sergeant constable captain colonel general major lieutenant admiral "
    "commander chairman chairwoman chair director manager coach leader secretary deputy vice foreign finance "
    "economy health education interior defence defense transport environment culture trade energy opposition "
    "head teacher rev reverend father sister brother bishop archbishop cardinal pope king queen prince "
    "princess mp attorney counsel spokesman spokeswoman referee striker goalkeeper author co-author retired "
    "former founder ceo cfo cto kc qc economist analyst trader dealer lawyer historian scientist researcher "
    "actor actress singer writer journalist activist nurse doctor farmer skipper champion defender midfielder "
    "commissioner prosecutor".split()
)
"""Words before a name that do not belong to it."""

DEPARTMENTS = frozenset(
    "foreign finance economy health education interior defence defense transport environment culture trade "
    "justice energy opposition chief executive prime vice deputy head".split()
)
"""Of those, the ones that another follows."""

PLACES = frozenset(
    "Lane Street Road Avenue Bridge River Lake Mount Island Islands Park Square Hill Valley Bay Sea Harbour "
    "Airport Station North South East West Upper Lower New".split()
)
"""Words of names that are a place's and nobody's."""

MEN = frozenset("mr sir lord king prince father brother congressman councilman chairman".split())
WOMEN = frozenset("mrs ms miss dame lady queen princess mother sister congresswoman councilwoman chairwoman".split())

MALE_NOUNS = frozenset(
    "man boy father husband son brother uncle nephew fisherman spokesman chairman actor salesman businessman "
    "widower king priest monk".split()
)
FEMALE_NOUNS = frozenset(
    "woman girl mother wife daughter sister aunt niece spokeswoman chairwoman actress businesswoman widow "
    "queen nun midwife".split()
)

AGENCIES = frozenset(
    "interfax tass itar-tass tanjug xinhua kyodo efe ansa belga pti reuters ap afp dpa bbc bloomberg".split()
)
"""Who passes on what others say."""

UNCLEAR = frozenset("reportedly allegedly supposedly purportedly ".split())
"""Words by which a text says that somebody says so, and not who."""

HEARD = frozenset("heard told understood said believed alleged thought rumoured reported claimed".split())
"""Participles that say so after `is`, `was` and their like; `heard` as a verb too."""

STATEMENTS = frozenset(
    "statement letter email e-mail interview report speech post memo note release message article filing blog "
    "tweet briefing judgment ruling".split()
)
"""What somebody says something in: `in a statement, ...`."""

ROLES = TITLES | MALE_NOUNS | FEMALE_NOUNS
"""What a name between commas may be the name of: `her coach, X`."""

NOUNS = _forms(
    "report claim note post state rule hope fear estimate comment promise dispute doubt signal show call put remark "
    "mention blame advise suspect demand protest boast find record laugh shout reply",
    "forecast/forecasts",
)
"""Forms of verbs that may as well be nouns."""

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december".split()
)

PASSING_ON = frozenset("newspaper radio television agency magazine broadcaster daily weekly tabloid media".split())
"""Who passes on what others say."""
