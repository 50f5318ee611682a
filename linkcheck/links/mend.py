"""The damages that URLs take on their way into articles, and how each is mended."""

import re
from urllib.parse import unquote

from linkcheck.model.link import Repair

_SLASHES = re.compile(r"(https?):(?:/|/{3,})?(?=[^/\s])", re.IGNORECASE)
_DOUBLED = re.compile(r"(?:https?:/+)+(?=https?:/+[^/])", re.IGNORECASE)
_ENCODED = re.compile(r"(https?)(?:%3A|:)(?:%2F%2F|//?|%2F)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_WWW = re.compile(r"www\d*\.[^/?#.\s]", re.IGNORECASE)
_HOST = re.compile(r"[^/?#\s:]+(?::\d+)?(?=[/?#]|$)")
# The endings under which people write a host without its scheme. Suffixes of documents that are
# countries too (md, py, sh, pl, rs) are left out: a name so ending is a file.
_HOST_LIKE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|edu|gov|info|biz|int|io|co|tv|me|app|dev"
    r"|ly|gl|be|hk|tw|cn|jp|kr|sg|mo|uk|us|eu|de|fr|ca|au|nz|in|it|es|nl|ch|se|no|dk|ru|br|mx)"
    r"(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)


def mended(text: str, *, within_archive: bool = False) -> tuple[str, tuple[Repair, ...]]:
    """Return the URL that was meant, and what it took; a sound URL comes back as it is."""
    repairs: list[Repair] = []
    if text.startswith("//"):
        text = f"https:{text}"  # the page's own scheme is meant: no damage
    if within_archive:
        inner = _decode(text)
        if inner != text:
            text = inner
            repairs.append(Repair.INNER_DECODED)
    for mend, repair in _MENDS:
        better = mend(text)
        if better != text:
            text = better
            repairs.append(repair)
    if within_archive and "://" not in text[:8] and not text.startswith("/") and _HOST.match(text):
        text = f"http://{text}"  # archives take an inner URL without a scheme for this
        repairs.append(Repair.SCHEME_ADDED)
    return text, tuple(repairs)


def holds_entity(text: str) -> bool:
    """Tell whether a URL has `&amp;` where `&` was meant."""
    return _ENTITY.search(text) is not None


def _undouble(text: str) -> str:
    return _DOUBLED.sub("", text, count=1) if _DOUBLED.match(text) else text


def _set_slashes(text: str) -> str:
    match = _SLASHES.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    if match[0].endswith(":") and _HOST_LIKE.fullmatch(rest) is None:
        return text
    return f"{match[1]}://{rest}"


def _add_scheme(text: str) -> str:
    if _WWW.match(text) or _HOST_LIKE.fullmatch(text):
        return f"http://{text}"
    return text


def _undo_entities(text: str) -> str:
    return _ENTITY.sub("&", text)


def _decode(text: str) -> str:
    """Undo an encoding of the whole inner URL; escapes of its own stay."""
    match = _ENCODED.match(text)
    if match is None or "%" not in match[0]:
        return text
    if "%2f%2f" in match[0].lower():
        return unquote(text, errors="surrogateescape")
    return f"{match[1]}://{text[match.end() :]}"


_MENDS = (
    (_undouble, Repair.SCHEME_UNDOUBLED),
    (_set_slashes, Repair.SLASHES_MENDED),
    (_add_scheme, Repair.SCHEME_ADDED),
    (_undo_entities, Repair.ENTITIES_UNDONE),
)
