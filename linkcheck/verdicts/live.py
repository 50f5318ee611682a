"""What became of an original on the live web: the table of rules, and the finding it gives."""

from linkcheck.model.live import LiveAnswer, LiveEvidence, Reach, Scope
from linkcheck.model.verdict import LiveFinding, LiveMethod, LiveVerdict
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live_facets import (
    Ending,
    LiveFacets,
    Owner,
    Page,
    Probe,
    Status,
    Told,
    Wall,
)
from linkcheck.verdicts.live_way import Way
from linkcheck.verdicts.live_weighing import MARKUP, deciding, live_facets_of
from linkcheck.verdicts.rules import Table, rule

_V = LiveVerdict
_DOUBTED = (Reach.UNPROVEN, Reach.FAILED, Reach.LIED)
_PERMANENT = frozenset({301, 308})

# The order is the argument: first whether the network can be believed, then what no answer means,
# then what the user has said, what stands before the page, whose page it is, and what it is.
# fmt: off
LIVE_RULES = (
    rule("liar",               _V.UNKNOWN,   reach=Reach.LIED),
    rule("our-own-end",        _V.UNKNOWN,   reach=Reach.FAILED),
    rule("not-asked",          _V.UNKNOWN,   ending=Ending.NOT_ASKED),
    rule("no-word",            _V.UNKNOWN,   ending=Ending.UNTOLD),
    rule("silent",             _V.UNKNOWN,   ending=Ending.SILENT),
    rule("asked-once",         _V.UNKNOWN,   ending=Ending.ONCE),
    rule("network-unproven",   _V.UNKNOWN,   ending=(Ending.NO_NAME, Ending.REFUSED, Ending.DEAD_END), reach=_DOUBTED),
    rule("no-such-name",       _V.HOST_GONE, ending=Ending.NO_NAME),
    rule("host-refuses",       _V.HOST_GONE, ending=Ending.REFUSED),
    rule("port-refused",       _V.BROKEN,    ending=Ending.PORT_REFUSED),
    rule("leads-nowhere",      _V.BROKEN,    ending=Ending.DEAD_END),
    rule("certificate",        _V.BROKEN,    ending=Ending.TLS),
    rule("no-http",            _V.BROKEN,    ending=Ending.GARBLED),
    rule("redirect-circle",    _V.BROKEN,    ending=Ending.CIRCLES),
    # From here on there is an answer.
    rule("status-said-good",   _V.ALIVE,     told=Told.GOOD),
    rule("status-said-bad",    _V.BROKEN,    told=Told.BAD),
    rule("status-unjudged",    _V.UNKNOWN,   told=Told.UNJUDGED),
    rule("throttled",          _V.UNKNOWN,   status=Status.THROTTLED),
    rule("usurped",            _V.USURPED,   owner=Owner.USURPER),
    rule("wall",               _V.BLOCKED,   wall=Wall.STANDS),
    rule("gate",               _V.BLOCKED,   way=Way.GATE),
    rule("denied",             _V.BLOCKED,   status=Status.DENIED),
    rule("gone",               _V.GONE,      status=Status.GONE),
    rule("server-fault",       _V.BROKEN,    status=Status.FAULTY),
    rule("stray-status",       _V.UNKNOWN,   status=(Status.STRAY, Status.NONE)),
    # From here on the answer is a good one.
    rule("perhaps-usurped",    _V.UNKNOWN,   owner=Owner.SUSPECT),
    rule("shell-for-all",      _V.UNKNOWN,   page=Page.SHELL, probe=(Probe.SAME, Probe.UNTOLD)),
    rule("script-alone",       _V.UNKNOWN,   page=Page.BLANK),
    rule("trouble",            _V.UNKNOWN,   page=Page.TROUBLE),
    rule("maintenance",        _V.UNKNOWN,   page=Page.MAINTENANCE),
    rule("front-page-too",     _V.UNKNOWN,   page=Page.SCRIPTED, probe=Probe.SAME),
    rule("impossible-page-too", _V.SOFT_GONE, probe=Probe.SAME),
    rule("excuse",             _V.SOFT_GONE, page=Page.APOLOGY, probe=Probe.OTHER),
    rule("excuse-unproven",    _V.UNKNOWN,   page=(Page.APOLOGY, Page.TITLED)),
    rule("front-page",         _V.UNKNOWN,   way=Way.FRONT_PAGE),
    rule("common-end",         _V.UNKNOWN,   way=Way.COMMON),
    rule("empty-page",         _V.UNKNOWN,   page=Page.EMPTY),
    rule("wrong-kind",         _V.UNKNOWN,   page=Page.WRONG_KIND),
    rule("new-owner",          _V.USURPED,   owner=Owner.NEW),
    rule("stranger",           _V.UNKNOWN,   owner=Owner.STRANGER),
    rule("redirected",         _V.MOVED,     way=Way.ELSEWHERE),
    rule("same-thing",         _V.ALIVE,     way=Way.SAME_THING),
    rule("answers",            _V.ALIVE),
)
# fmt: on
LIVE_TABLE = Table(LIVE_RULES, LiveFacets)

SILENT_RULES = frozenset(
    {
        *("liar", "our-own-end", "not-asked", "no-word", "silent", "asked-once"),
        *("network-unproven", "throttled"),
    }
)
"""Rules that find no answer of the host's: by the others it has answered, though nobody can tell."""

REASONS = {
    "liar": "the same answer as for a name that cannot exist: the network answers, not the host",
    "our-own-end": "nothing else could be reached either: it is our own network",
    "not-asked": "it was not asked",
    "no-word": "what came back says nothing about the link",
    "silent": "no answer",
    "asked-once": "asked only once",
    "network-unproven": "nothing shows that our own network is well",
    "status-unjudged": "the settings leave this status unjudged",
    "throttled": "the host asks for fewer requests",
    "stray-status": "a status that says neither yes nor no",
    "shell-for-all": "the server answers every address with one program; only a browser can tell",
    "perhaps-usurped": "reads like parking, a sale or gambling, but other pages do not",
    "script-alone": "nothing but a script came; only a browser can tell",
    "trouble": "the page says that the server is in trouble",
    "maintenance": "the page says that the site will be back",
    "front-page-too": "the front page is the same: a notice, or a wall that only a browser passes",
    "excuse-unproven": "the page says that there is none, its status says that there is",
    "front-page": "led to the front page, which is not what stood there",
    "common-end": "led to where other addresses of the site are led, too",
    "empty-page": "the answer is good, and empty",
    "wrong-kind": "a page, where a figure or a film was meant",
    "stranger": "the page says nothing of what stood there",
}
"""Why these rules do not say more, where nobody else gave a reason."""


def judge_live(evidence: LiveEvidence, settings: LiveSettings | None = None) -> LiveFinding:
    """Return what became of an original, and by which rule."""
    decided = LIVE_TABLE.decide(live_facets_of(evidence, settings or LiveSettings()))
    answer = deciding(evidence)
    moved = answer is not None and answer.final_url not in {None, answer.asked}
    return LiveFinding(
        verdict=decided.verdict,
        rule=decided.name,
        method=LiveMethod.LINK if evidence.scope is Scope.LINK else LiveMethod.HOST,
        final_url=answer.final_url if answer is not None and moved else None,
        permanent=_permanent(answer) if answer is not None and moved else None,
        reason=_reason(decided.name, evidence, answer),
    )


def judge_live_host(
    evidence: LiveEvidence, settings: LiveSettings | None = None
) -> LiveFinding | None:
    """Return what stands for all originals of a host; None where each answers for itself."""
    if evidence.scope is not Scope.HOST_ALIKE:
        return None
    return judge_live(evidence, settings)


def _permanent(answer: LiveAnswer) -> bool:
    return bool(answer.hops) and all(hop.status in _PERMANENT for hop in answer.hops)


def _reason(name: str, evidence: LiveEvidence, answer: LiveAnswer | None) -> str:
    """Return the words of whoever knew, or why the rule says no more."""
    said = REASONS.get(name, "")
    told = "" if answer is None else _told(name, answer)
    if said and told:
        return f"{said} ({told})"
    return told or evidence.reason or said


def _told(name: str, answer: LiveAnswer) -> str:
    if answer.status is None:
        return f"{answer.failure}: {answer.reason}" if answer.failure else answer.reason
    if name == "wall" and answer.server_says:
        return f"{_status(answer)}, {answer.server_says}"
    if name in _BY_SIGN:
        return "; ".join(f"{sign.kind}: {sign.words}" for sign in answer.signs)
    if name == "gate":
        return f"asks who is there: {answer.final_url}"
    if name in _BY_HEAD and answer.method == "HEAD" and answer.media_type in MARKUP:
        return "by its head alone: the page was not read"
    return _status(answer) if name in _BY_STATUS else ""


_BY_SIGN = frozenset(
    {"wall", "usurped", "perhaps-usurped", "trouble", "maintenance", "excuse", "excuse-unproven"}
)
_BY_HEAD = frozenset({"answers", "same-thing", "redirected"})
_BY_STATUS = frozenset(
    {
        "status-said-good",
        "status-said-bad",
        "denied",
        "gone",
        "server-fault",
        "stray-status",
        "throttled",
    }
)


def _status(answer: LiveAnswer) -> str:
    return f"status {answer.status} {answer.reason}".rstrip()
