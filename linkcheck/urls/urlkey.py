"""The archive's own key of a URL: two URLs with one key are one resource to the archive."""

from functools import lru_cache
from urllib.parse import unquote

from linkcheck.urls.encoding import encode


@lru_cache(maxsize=65_536)
def urlkey(url: str) -> str:
    """Return the SURT key; it costs 20 microseconds, so the last ones asked for are kept."""
    # surt brings requests and tldextract along: 120 ms that most commands need not spend.
    import surt  # noqa: PLC0415

    try:
        key: str = surt.surt(url)
    except (ValueError, IndexError, KeyError, AttributeError, UnicodeError):
        # surt raises these on hosts and ports it cannot take apart; such a URL is its own key.
        return url.lower()
    return key


def one_key(one: str, other: str) -> bool:
    """Tell whether two URLs have one key, escapes written once more than needed left aside.

    Seen in `rel="original"`: percent-encoded once more than the index has it (archive-magic).
    """
    if urlkey(encode(one)) == urlkey(encode(other)):
        return True
    return "%" in one + other and urlkey(_plain(one)) == urlkey(_plain(other))


def _plain(url: str) -> str:
    return encode(unquote(url, errors="surrogateescape"))
