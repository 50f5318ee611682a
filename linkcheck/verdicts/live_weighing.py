"""What was seen of the live web, weighed: with `live_ending`, all thresholds are applied here."""

from linkcheck.model.link import Role
from linkcheck.model.live import Comparison, LiveAnswer, LiveEvidence, Scope, SignKind
from linkcheck.settings.live import LiveSettings
from linkcheck.urls.places import is_front_page
from linkcheck.urls.players import is_film, is_player
from linkcheck.verdicts.live_ending import ending_of
from linkcheck.verdicts.live_facets import (
    LiveFacets,
    Owner,
    Page,
    Probe,
    Status,
    Told,
    Wall,
)
from linkcheck.verdicts.live_way import Way, leads_to_error_page, way_of

_S = SignKind
_USURPERS = frozenset({_S.PARKED, _S.FOR_SALE, _S.GAMBLING})
_WALLS = frozenset({_S.CHALLENGE, _S.CAPTCHA, _S.LOGIN, _S.CONSENT, _S.AGE, _S.REGION})
_BOXED = 60  # words of a page with such a box; a wall alone has fewer
_ROBOTS_WALLS = frozenset({_S.CHALLENGE, _S.CAPTCHA})  # whatever the status
MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_GOOD, _REDIRECTS, _FAULTY = range(200, 300), range(300, 400), range(500, 600)
_NO_CONTENT = frozenset({204, 205})
_GONE = frozenset({404, 410})
THROTTLED = frozenset({420, 429})
# IABot counts 401, 402, 403, 412, 428, 440 and 449 as walls; 999 is LinkedIn's.
_DENIED = frozenset({401, 402, 403, 406, 412, 418, 428, 440, 449, 450, 451, 498, 999})
_BLANK = 64  # bytes: a body of white space and an empty frame
_NOTE = 120  # words of an excuse or a wall; what is longer may be somebody's article


def live_facets_of(evidence: LiveEvidence, settings: LiveSettings) -> LiveFacets:
    """Weigh the evidence of one original, or of one host."""
    answer = deciding(evidence)
    answered = answer is not None and answer.status is not None
    return LiveFacets(
        reach=evidence.reach,
        ending=ending_of(evidence, answer),
        status=_status(answer),
        told=_told(answer, settings),
        way=_way(evidence, answer) if answer and answered else Way.DIRECT,
        wall=_wall(evidence, answer),
        owner=_owner(evidence, answer, settings),
        probe=_probe(evidence, answer, settings),
        page=_page(evidence, answer),
    )


def deciding(evidence: LiveEvidence) -> LiveAnswer | None:
    """Return the answer that the verdict rests on."""
    return evidence.answers[evidence.deciding] if evidence.answers else None


def is_usurper(answer: LiveAnswer) -> bool:
    """Tell a page of parking, of a sale, or of a casino."""
    return any(sign.kind in _USURPERS for sign in answer.signs)


def is_lot(answer: LiveAnswer, compared: Comparison | None, settings: LiveSettings) -> bool:
    """Tell a usurper's page from one that only speaks of parking, sales or casinos.

    A lot has the same for pages that cannot exist, or sends its visitors to a service. No front
    page says of itself that it is for sale but where it is; a casino may always have been one.
    """
    signs = [sign for sign in answer.signs if sign.kind in _USURPERS]
    if any(sign.certain for sign in signs):
        return True
    if is_front_page(answer.asked) and any(sign.kind is not _S.GAMBLING for sign in signs):
        return True
    if not signs or compared is None:
        return False
    return compared.lot or bool(same_answer(compared, settings))


def is_wall(answer: LiveAnswer) -> bool:
    """Tell a page that stands before the page that was asked for."""
    # Logins and cookies stand beside what an honest error says; robots are sent away with any.
    telling = _ROBOTS_WALLS if answer.status in _GONE else _WALLS
    return bool(answer.server_says) or any(sign.kind in telling for sign in answer.signs)


def may_be_wall(answer: LiveAnswer) -> bool:
    """Tell a page that shows nothing known, and not much else, and has a script to go on."""
    return answer.scripted and not answer.signs and (answer.words or 0) < _NOTE


def has_sign(answer: LiveAnswer, kind: SignKind) -> bool:
    """Tell whether a page shows a mark."""
    return any(sign.kind is kind for sign in answer.signs)


def allowed_difference(compared: Comparison, settings: LiveSettings) -> float:
    """Return how many word groups may differ between answers that are the same."""
    own = settings.least_own if compared.same_title else 0
    return own + settings.noise_factor * compared.noise


def same_answer(compared: Comparison, settings: LiveSettings) -> bool | None:
    """Tell whether an answer is that to the impossible page; None where that cannot be told."""
    if compared.same_place or compared.same_bytes:
        return True
    if compared.own is None or compared.missing is None:
        return None
    if compared.noise * 2 > max(compared.size, 1):
        return None  # the impossible page is another one each time
    allowed = allowed_difference(compared, settings)
    most = max(allowed, settings.most_missing * compared.size)
    return compared.own <= allowed and compared.missing <= most


def _way(evidence: LiveEvidence, answer: LiveAnswer) -> Way:
    way = way_of(answer.asked, answer.final_url)
    return Way.COMMON if way is Way.ELSEWHERE and evidence.fellows else way


def _status(answer: LiveAnswer | None) -> Status:
    status = None if answer is None else answer.status
    if status is None:
        return Status.NONE
    for statuses, meaning in _STATUSES:
        if status in statuses:
            return meaning
    return Status.STRAY


_STATUSES = (
    (_GOOD, Status.GOOD),
    (_GONE, Status.GONE),
    (_DENIED, Status.DENIED),
    (THROTTLED, Status.THROTTLED),
    (_FAULTY, Status.FAULTY),
)


def _told(answer: LiveAnswer | None, settings: LiveSettings) -> Told:
    if answer is None or answer.status is None:
        return Told.NOTHING
    for told in settings.status_actions:
        if told.covers(answer.status):
            return _TOLD[told.action]
    return Told.NOTHING


_TOLD = {"ok": Told.GOOD, "warn": Told.UNJUDGED, "skip": Told.UNJUDGED, "error": Told.BAD}


def _wall(evidence: LiveEvidence, answer: LiveAnswer | None) -> Wall:
    if answer is None or not is_wall(answer) or _is_box(evidence, answer):
        return Wall.NONE
    return Wall.STANDS


def _is_box(evidence: LiveEvidence, answer: LiveAnswer) -> bool:
    """Tell a box about cookies on a short page: where a wall, what cannot exist is behind it."""
    walls = {sign.kind for sign in answer.signs} & _WALLS
    compared = evidence.compared
    honest = compared is not None and compared.status in _GONE
    return honest and walls == {_S.CONSENT} and (answer.words or 0) >= _BOXED


def _owner(evidence: LiveEvidence, answer: LiveAnswer | None, settings: LiveSettings) -> Owner:
    if answer is not None and is_usurper(answer):
        if evidence.scope is not Scope.LINK or is_lot(answer, evidence.compared, settings):
            return Owner.USURPER
        return Owner.ITS_OWN if evidence.kin else Owner.SUSPECT
    if evidence.kin or not evidence.strangers:
        return Owner.ITS_OWN
    return Owner.NEW if evidence.strangers >= settings.strangers else Owner.STRANGER


def _probe(evidence: LiveEvidence, answer: LiveAnswer | None, settings: LiveSettings) -> Probe:
    compared = evidence.compared
    if compared is None or answer is None or compared.status is None:
        return Probe.UNTOLD
    if compared.status in _GONE and not compared.same_place:
        return Probe.HONEST
    if compared.status not in _GOOD or answer.status not in _GOOD:
        return Probe.UNTOLD
    same = same_answer(compared, settings)
    if same is None:
        return Probe.UNTOLD
    if same and answer.cut and not (compared.same_place or compared.same_bytes):
        return Probe.UNTOLD  # what makes it a page of its own may come later
    return Probe.SAME if same else Probe.OTHER


def _page(evidence: LiveEvidence, answer: LiveAnswer | None) -> Page:
    if answer is None or answer.status not in _GOOD:
        return Page.UNSEEN
    if answer.status in _NO_CONTENT:
        return Page.EMPTY
    markup = answer.media_type in MARKUP
    if markup and wants_file(evidence.original, evidence.roles):
        return Page.WRONG_KIND
    if answer.hops and leads_to_error_page(answer.asked, answer.final_url):
        return Page.APOLOGY
    return _read_page(evidence, answer)


def _read_page(evidence: LiveEvidence, answer: LiveAnswer) -> Page:
    if answer.method == "HEAD" or answer.body_size is None:
        return Page.UNSEEN
    if answer.body_size == 0 or (answer.words == 0 and answer.body_size < _BLANK):
        return Page.EMPTY
    shown = next((page for kind, page in _PAGES.items() if has_sign(answer, kind)), None)
    if shown is Page.APOLOGY and (answer.words or 0) >= _NOTE:
        return Page.TITLED
    # Excuses leave the front page alone; walls do not.
    everywhere = evidence.compared is not None and evidence.compared.front
    if everywhere and may_be_wall(answer):
        return Page.SCRIPTED
    return shown or Page.FITTING


_PAGES = {
    _S.SHELL: Page.SHELL,
    _S.BLANK: Page.BLANK,
    _S.TROUBLE: Page.TROUBLE,
    _S.MAINTENANCE: Page.MAINTENANCE,
    _S.APOLOGY: Page.APOLOGY,
    _S.VACANT: Page.APOLOGY,
}
"""By what a page is known; the first that it shows holds."""


def wants_file(original: str, roles: tuple[Role, ...]) -> bool:
    """Tell an address of which every link wants a figure or a film, which no page can be."""
    if not roles:
        return False
    film = is_film(original) and not is_player(original)
    return all(role is Role.IMAGE or (role is Role.VIDEO and film) for role in roles)
