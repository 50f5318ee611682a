"""One link: HEAD where that will do, GET where it is refused, doubted, or known to lie."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from msgspec.structs import replace

from linkcheck.lanes.live.excuses import APOLOGY
from linkcheck.lanes.live.groups import shares_words
from linkcheck.lanes.live.page import Page
from linkcheck.lanes.live.questions import Questions
from linkcheck.lanes.live.reading import Seen, compare
from linkcheck.model.exchange import FailureKind
from linkcheck.model.live import Comparison, LiveAnswer, LiveSubject, SignKind
from linkcheck.settings.live import LiveSettings
from linkcheck.urls.places import is_front_page
from linkcheck.verdicts.live_way import Way, leads_to_error_page, same_site, way_of
from linkcheck.verdicts.live_weighing import (
    THROTTLED,
    has_sign,
    is_usurper,
    is_wall,
    same_answer,
    wants_file,
)

_F = FailureKind
_GOOD, _GONE = range(200, 300), frozenset({404, 410})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico|tiff?|pdf|mp[34]|m4[av]|webm|ogg|ogv|mov|avi|wav|flac"
    r"|zip|gz|xz|7z|rar|epub|docx?|xlsx?|pptx?|csv|json|xml|css|js|woff2?)$",
    re.IGNORECASE,
)
# A GET would meet the same: nobody is there, or nobody may be asked now.
_FINAL = frozenset(
    {_F.DNS_NO_SUCH_NAME, _F.REFUSED, _F.GUARDED, _F.PROXY, _F.PAUSED, _F.NOT_RECORDED}
)
_FEW_WORDS = 60


@dataclass(slots=True)
class Manners:
    """What a host has taught about itself so far."""

    impossible: Seen | None = None  # what a page that cannot exist gets
    another: Seen | None = None  # and a second one, where the first was good
    front: bool = False  # its front page gets the same
    head_lies: bool = False
    head_answered: bool = False  # HEAD is known here: its silence is the host's
    head_proofs: int = 0
    read_all: bool = False  # walls, excuses or refreshes were seen behind good statuses

    @property
    def soft(self) -> bool:
        """Tell a host that has a good answer for a page that cannot exist."""
        return self.impossible is not None and self.impossible.good


@dataclass(frozen=True, slots=True)
class Asked:
    """A link's answers in order, and the last one beside the impossible page."""

    subject: LiveSubject
    answers: tuple[LiveAnswer, ...]
    last: Seen
    compared: Comparison | None = None
    head_proved: bool = False  # a GET has borne out that HEAD said 404


async def ask_link(
    subject: LiveSubject,
    questions: Questions,
    manners: Manners,
    settings: LiveSettings,
    *,
    head: bool,
) -> Asked | None:
    """Ask for one link as its host has taught; None where the run may ask no more."""
    answers: list[LiveAnswer] = []
    if head and not manners.head_lies:
        seen = await questions.head(subject.original)
        if seen is None:
            return None
        answers.append(seen.answer)
        if _content(subject, seen.answer, manners, settings):
            return Asked(subject, tuple(answers), seen, compared_with(subject, seen, manners))
    whole = manners.soft and not wants_file(subject.original, subject.roles)
    refreshes = settings.refreshes
    read = await questions.get(subject.original, whole=whole, refreshes=refreshes)
    if read is not None and not whole and _cut_short(subject, read, manners, settings):
        answers.append(read.answer)
        read = await questions.get(subject.original, whole=True, refreshes=refreshes)
    if read is None:
        return None
    proved = bool(answers) and answers[0].status in _GONE and read.answer.status in _GONE
    answers.append(read.answer)
    compared = compared_with(subject, read, manners)
    return Asked(subject, tuple(answers), read, compared, head_proved=proved)


def compared_with(subject: LiveSubject, seen: Seen, manners: Manners) -> Comparison | None:
    """Lay a link's answer beside the impossible page; a front page is what that may lead to."""
    if is_front_page(subject.original):
        other = manners.impossible
        # Only whose house it is: a front page may well be what impossible pages are led to.
        return None if other is None else Comparison(lot=is_usurper(other.answer))
    compared = compare(seen, manners.impossible, manners.another)
    return None if compared is None else replace(compared, front=manners.front)


def head_first(subject: LiveSubject) -> bool:
    """Tell an address of a file: its head says all, and its body may be large."""
    path = subject.original.partition("?")[0]
    return wants_file(subject.original, subject.roles) or _FILE.search(path) is not None


def doubtful(seen: Seen) -> bool:
    """Tell a good answer that only the impossible page can explain."""
    answer = seen.answer
    if is_usurper(answer):
        return True  # whether it is one, or only speaks of such things
    if has_sign(answer, SignKind.CONSENT):
        return True  # whether it is a wall, or a box on a page
    if not seen.good or is_wall(answer):
        return False
    if _lost_its_way(answer) or leads_to_error_page(answer.asked, answer.final_url):
        return True
    return seen.page is not None and not is_front_page(answer.asked) and _is_odd(answer, seen.page)


def _lost_its_way(answer: LiveAnswer) -> bool:
    """Tell a redirect to a front page, or to where nothing of the address is left."""
    final = answer.final_url or answer.asked
    way = way_of(answer.asked, final)
    if way is not Way.ELSEWHERE or is_front_page(answer.asked):
        return way is Way.FRONT_PAGE
    named = unquote(answer.asked.partition("?")[0].rstrip("/").rpartition("/")[2])
    return named.partition(".")[0] not in unquote(final.partition("?")[0])


def _is_odd(answer: LiveAnswer, page: Page) -> bool:
    """Tell a page that does not look like the one that was asked for."""
    path = answer.asked.partition("?")[0]
    if not page.title or (answer.words or 0) < _FEW_WORDS or _FILE.search(path) is not None:
        return True
    if has_sign(answer, SignKind.SHELL) or APOLOGY.search(page.low_title) is not None:
        return True
    # `/2014/05/council-closes-old-bridge`, and not two of these words beside each other.
    named = unquote(path.rstrip("/").rpartition("/")[2])
    return shares_words(named, f"{page.title} {page.text}", least=2) is False


def tells_more(asked: Asked) -> bool:
    """Tell a page that shows by its text what its head had hidden."""
    answer = asked.last.answer
    if not asked.last.good or answer.method == "HEAD":
        return False
    by_itself = any(hop.status in _GOOD for hop in answer.hops)
    return by_itself or bool(answer.signs)


def _content(
    subject: LiveSubject, answer: LiveAnswer, manners: Manners, settings: LiveSettings
) -> bool:
    """Tell whether a HEAD's answer will do."""
    if answer.status is None:
        return answer.failure in _FINAL or (manners.head_answered and not answer.hops)
    if answer.status in _GONE:
        return manners.head_proofs >= settings.head_proofs
    if answer.status not in _GOOD:
        return answer.status in THROTTLED
    if answer.server_says or _leads_astray(answer):
        return False
    size = answer.declared_size
    named = answer.media_type is not None or head_first(subject)
    if answer.media_type not in _HTML:
        return named and size != 0
    told = not (head_first(subject) or manners.soft or manners.read_all)
    return told and (size is None or size >= settings.least_page)


def _leads_astray(answer: LiveAnswer) -> bool:
    """Tell a redirect to where whoever is there now is seen by reading only."""
    final = answer.final_url or answer.asked
    way = way_of(answer.asked, final)
    away = way is Way.ELSEWHERE and not same_site(answer.asked, final)
    return away or way is Way.FRONT_PAGE or leads_to_error_page(answer.asked, final)


def _cut_short(subject: LiveSubject, seen: Seen, manners: Manners, settings: LiveSettings) -> bool:
    """Tell an answer of which too little was read to say what it is."""
    if not seen.good or not seen.answer.cut:
        return False
    if seen.page is not None and (seen.answer.words or 0) < _FEW_WORDS:
        return True  # styles and scripts: whether there is a page comes after them
    if is_front_page(subject.original):
        return False
    compared = compare(seen, manners.impossible, manners.another)
    return compared is not None and bool(same_answer(compared, settings))
