"""Made-up links: all tests that need findings or articles without reading any make them here."""

from linkcheck.model.link import Kind, Link, Role, Time


def made_link(
    original: str | None,
    article: str = "a.md",
    line: int = 1,
    *,
    role: Role = Role.LINK,
    stamp: str | None = None,
    **more: object,
) -> Link:
    """Return a link: archived where it has a stamp, else live; `more` are fields of its own."""
    archived = stamp is not None
    raw = f"https://web.archive.org/web/{stamp}/{original}" if archived else original
    fields: dict[str, object] = {
        "article": article,
        "line": line,
        "column": 1,
        "role": role,
        "raw": raw,
        "original": original,
        "archive": "wayback" if archived else None,
        "timestamp": stamp,
        "modifier": None,
        "kind": Kind.ARCHIVED if archived else Kind.LIVE,
        "reason": None,
        "time": Time.ASSERTED if archived else None,
        "repairs": (),
    }
    return Link(**(fields | more))  # type: ignore[arg-type]  # fields as tests name them


def unsupported(
    raw: str,
    article: str = "a.md",
    line: int = 1,
    *,
    kind: Kind = Kind.UNSUPPORTED,
    reason: str | None = None,
) -> Link:
    """Return a link without an original: it has no sides."""
    return made_link(None, article, line, raw=raw, kind=kind, reason=reason)
