"""Denials that are not the archive's: servers before it, proxies and networks on the way to it."""

import re

from linkcheck.archives._legible import legible
from linkcheck.model.exchange import Reply

# With status 404 these deny the place, not a capture: pywb of a collection that it does not have,
# in whatever language (pywb 2.10, error.html; of what it does not hold it has another page), and
# the pages of web servers, proxies and stores of a path that nobody routed to the archive, as each
# of them has them when nothing else is set.
_NOT_FOUND = re.compile(
    rb"collection not found: |<div class=\"container text-danger"
    rb"|<hr>\s*<center>(?:nginx|openresty|tengine|cloudflare)"
    rb"|<address>apache/|<h3>apache tomcat/|<h3>guru meditation"
    rb"|the requested url (?:was not found on this server\.</p>|could not be retrieved)"
    rb"|the requested url was not found on the server\. if you entered"  # Werkzeug, Flask
    rb"|<h2>404 - file or directory not found"  # IIS
    rb"|\A\s*404 page not found\s*\Z"  # Go
    rb"|<h1>404 not found</h1>\s*(?:the requested url could not be found\.\s*)?</body>"
    rb"|<code>nosuch(?:key|bucket)</code>",  # stores in the manner of S3
    re.IGNORECASE,
)
_SILENT_SERVER = re.compile(r"squid|envoy|caddy|awselb|cloudfront|varnish|haproxy", re.IGNORECASE)
_BLOCKED_BY = re.compile(
    r"<https?://([^/>]*)[^>]*>[^,]*;\s*rel\s*=\s*\"?blocked-by\b", re.IGNORECASE
)


def stranger(reply: Reply, words: bytes) -> str:
    """Return what shows that a 404 is of no archive; empty where nothing does."""
    if not words.strip():
        server = _SILENT_SERVER.match(reply.header("server") or "")
        return "" if server is None else f"{server[0]} says no word"
    page = _NOT_FOUND.search(words)
    return "" if page is None else page[0].decode("ascii", "replace")


def denier(reply: Reply) -> str:
    """Return who else withholds: a network on the way names itself `blocked-by` (RFC 7725, 4)."""
    here = reply.url.partition("://")[2].partition("/")[0].lower()
    named = _BLOCKED_BY.finditer(reply.header("link") or "")
    return next((legible(one[1][:100]) for one in named if one[1].lower() != here), "")
