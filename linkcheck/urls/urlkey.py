"""The archive's own key of a URL: two URLs with one key are one resource to the archive."""

from functools import lru_cache


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
