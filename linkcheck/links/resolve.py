"""What a URL names: a capture, a live place, a local file, or nothing that can be asked for."""

import re
from dataclasses import dataclass

from linkcheck.archives import Archive
from linkcheck.links.mend import holds_entity, mended
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.link import Kind, Repair, Target
from linkcheck.urls.encoding import encode, escaped_words
from linkcheck.urls.parts import MAX_LENGTH, fault

_MAX_NESTING = 16
_MAX_SEGMENT = 255  # bytes: no file system has longer names

# Nearly all links of a real collection have this form, in a capture or out of it; none of them
# needs a second look.
_FORM = (
    r"(?:(https://web\.archive\.org)?/web/([0-9]{14})([a-z]{2}_)?/)?"
    r"(https?://[a-z0-9][a-z0-9.-]{0,250}+(?<![.-])"
    r"(?:/[!#-;=?-\[\]_a-z|~%s]*+)?)"
)
_QUICK = re.compile(_FORM % "")  # without other scripts in the set it takes two thirds of the time
_QUICK_IRI = re.compile(_FORM % r"\x80-\U0010ffff")
_MOST_QUICK = MAX_LENGTH // 12  # characters: four bytes at most, each of them escaped
# A URL to which nothing needs to be done, as most are.
_SOUND = re.compile(r"https?://[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++/[!#-%'-;=?-\[\]_a-z|~]*+")
_HOST_ADDED = (Repair.ARCHIVE_HOST_ADDED,)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\?[^\\/]+\\")  # `C:\a`, `\\server\a`
_KNOWN_SCHEMES = frozenset(
    "about blob callto chrome cid data doi facetime feed file fb-messenger ftp ftps geo git gopher"
    " im intent irc ircs isbn itms javascript line ldap magnet mailto maps market mid mms news nntp"
    " rtmp rtsp sftp signal sip sips skype sms spotify ssh steam tel telnet tg urn vbscript viber"
    " view-source weixin whatsapp ws wss xmpp".split()
)
_CRAWLED = frozenset(("ftp", "ftps"))  # beside http: crawlers took these too
_FILE = re.compile(r"[^/\s]\.[A-Za-z0-9]{1,8}(?:[?#].*)?", re.DOTALL)
_PROSE = re.compile(r"[\s，。；：！？、「」『』《》〈〉【】“”‘’…\x00-\x1f]")
_WORD = re.compile(r"[A-Za-z0-9_~%.+&=-]+(?:[?#].*)?", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")


@dataclass(frozen=True, slots=True)
class Resolver:
    """Tell what URLs name, knowing these archives."""

    archives: tuple[Archive, ...]

    def resolve(self, value: str) -> Target:
        """Return what the value of a link names; never raise, whatever it is."""
        return self._quickly(value) or self._resolve_with_care(value.strip())

    def _quickly(self, value: str) -> Target | None:
        """Return what a usual URL names; None where anything about it is unusual."""
        quick = (_QUICK if value.isascii() else _QUICK_IRI).fullmatch(value)
        if quick is None or len(value) > _MOST_QUICK or value[-1].isspace():
            return None
        host, timestamp, modifier, original = quick.groups()
        if ".." in original or ("&" in original and holds_entity(original)):
            return None
        nested = "/web/" in original or "archive" in original or "wayback" in original
        if nested if timestamp else self._recognise(value):
            return None  # a capture of a capture, or one that is spelled in another way
        if not original.isascii():
            original = escaped_words(original)
        if not timestamp:
            return Target(kind=Kind.LIVE, original=original)
        return Target(
            kind=Kind.ARCHIVED,
            original=original,
            archive="wayback",
            timestamp=timestamp,
            modifier=modifier,
            repairs=() if host else _HOST_ADDED,
        )

    def _resolve_with_care(self, text: str) -> Target:
        if not text:
            return _no_url("empty")
        if text[:5].lower() == "data:":
            return Target(kind=Kind.UNSUPPORTED, reason="data: carries its content in itself")
        if len(text) > MAX_LENGTH:
            most = f"at most {MAX_LENGTH:,}"
            return _no_url(f"longer than a URL can be ({len(text):,} characters; {most})")
        repairs: tuple[Repair, ...] = ()
        sound = _SOUND.fullmatch(text) is not None
        if not sound:
            text, repairs = mended(text)
        archived = self._recognise(text)
        if archived is not None:
            return self._unwrapped(archived, repairs)
        if _WEB.match(text):
            return _live(text if sound else encode(text), repairs)
        return _elsewhere(text)

    def _recognise(self, text: str) -> ArchivedUrl | None:
        for archive in self.archives:
            archived = archive.recognise(text)
            if archived is not None:
                return archived
        return None

    def _unwrapped(self, archived: ArchivedUrl, repairs: tuple[Repair, ...]) -> Target:
        """Go down to the innermost capture: its moment is the content's, its URL the original."""
        timestamp, noted = archived.timestamp, [*repairs, *archived.repairs]
        for _ in range(_MAX_NESTING):
            inner, more = mended(archived.inner.strip(), within_archive=True)
            noted += more
            deeper = self._recognise(inner)
            if deeper is None:
                return _archived(archived, timestamp, inner, tuple(dict.fromkeys(noted)))
            archived, timestamp = deeper, deeper.timestamp or timestamp
            noted += [*deeper.repairs, Repair.UNWRAPPED]
        return _no_url(f"captures nested more than {_MAX_NESTING} deep")


def _archived(
    archived: ArchivedUrl, timestamp: str | None, inner: str, repairs: tuple[Repair, ...]
) -> Target:
    original = encode(inner)
    scheme = _SCHEME.match(original)
    if scheme is not None and scheme[1].lower() in _KNOWN_SCHEMES - _CRAWLED:
        return _no_url(f"the archive's URL holds a {scheme[1].lower()}: URL, which none captures")
    wrong = fault(original)
    if wrong is not None:
        return _no_url(f"the archive's URL holds none: {wrong}")
    return Target(
        kind=Kind.ARCHIVED,
        original=original,
        archive=archived.archive,
        timestamp=timestamp,
        modifier=archived.modifier,
        repairs=repairs,
    )


def _live(original: str, repairs: tuple[Repair, ...]) -> Target:
    wrong = fault(original)
    if wrong is not None:
        return _no_url(wrong)
    return Target(kind=Kind.LIVE, original=original, repairs=repairs)


def _elsewhere(text: str) -> Target:
    """Tell other schemes, files of the collection, and prose."""
    scheme = _SCHEME.match(text)
    if scheme is not None and not _DRIVE.match(text):
        name = scheme[1].lower()
        if name in _KNOWN_SCHEMES or text.startswith("//", scheme.end()):
            return Target(kind=Kind.UNSUPPORTED, reason=f"{name}: is nothing to ask the web for")
    why = _why_no_file(text)
    return Target(kind=Kind.LOCAL) if why is None else _no_url(why)


def _why_no_file(text: str) -> str | None:
    """Say why a text names no file of the collection; None where it may well do."""
    if _DRIVE.match(text):
        return "a path on somebody's own machine"
    if _TEMPLATE.search(text):
        return "a template's expression"
    path = re.split(r"[?#]", text, maxsplit=1)[0].encode("utf-8", "surrogatepass")
    if not path:
        return None  # another place in the same page
    if max(map(len, path.split(b"/"))) > _MAX_SEGMENT:
        return "longer than a file's name can be"
    if text[0] in "/." or _WORD.fullmatch(text):
        return None
    named = _FILE.search(text) and "\n" not in text  # names carry blanks and Chinese punctuation
    placed = "/" in text and _PROSE.search(text) is None
    return None if named or placed else "prose"


def _no_url(reason: str) -> Target:
    return Target(kind=Kind.NOT_A_URL, reason=reason)
