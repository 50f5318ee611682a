"""Bytes of a page to text: the encoding it has, rather than the one it is said to have."""

import codecs
import re

# The longer marks first: UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_META_WITHIN = 64 * 1024  # an archive puts scripts and a toolbar before it
_SAMPLE = 64 * 1024
# What a page that says one of these turns out to be (encoding.spec.whatwg.org, names and labels).
_MEANT = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
}
# Python knows more, and some of them (idna, undefined, rot13) decode no page.
_OF_THE_WEB = ("big5", "cp", "euc_", "gb", "iso2022_jp", "iso8859", "koi8", "mac-", "utf")
_UNDECLARED = ("big5hkscs", "gb18030", "cp932", "cp949", "cp1252")
# What fills a page in each: read in a wrong one, rare characters come out.
_COMMON = re.compile(
    "[的一是不了人我在有他這這个個為为中大來来上國国到說说們们時时要就出會会可也你對对生能而子那得於于着"
    "下自之年過过發发後后作里裡用道行所然家種种事成方多經经麼么去法學学如都同現现當当沒没動动面起看"
    "定天分還还進进好小部其些主樣样理心她本前開开但因只從从想實实、。，「」！？：；"
    "\u3041-\u3093\u30a1-\u30f3이가는을의에다고하지은기사도로한어그]"
)


def decoded(page: bytes, media_type: str | None) -> str:
    """Return a page's text; what no encoding fits comes out as U+FFFD."""
    for mark, encoding in _MARKS:
        if page.startswith(mark):
            return page[len(mark) :].decode(_without_mark(encoding, mark), "replace")
    text = _utf8(page)
    if text is not None:  # nothing else looks like it by chance
        return text
    declared = [_PARAMETER.search(media_type) if media_type else None]
    declared_in_page = _META.search(page, 0, _META_WITHIN)
    labels = [found[1] for found in declared if found is not None]
    if declared_in_page is not None:
        labels.append(declared_in_page[1].decode("ascii"))
    candidates = [name for name in map(_web_encoding, labels) if name is not None]
    return page.decode(_likeliest(page[:_SAMPLE], candidates), "replace")


def _utf8(page: bytes) -> str | None:
    """Return the text if it is UTF-8, perhaps cut within its last character."""
    try:
        return page.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None
        return page[: error.start].decode()


def _likeliest(sample: bytes, declared: list[str]) -> str:
    names = list(dict.fromkeys((*declared, "utf-8", *_UNDECLARED)))
    return max(names, key=lambda name: (_sense(sample, name), name in declared))


def _sense(sample: bytes, encoding: str) -> float:
    """Return how much a sample looks like a text in an encoding: what is common, less faults."""
    text = sample.decode(encoding, "replace")
    strange = sum(not char.isascii() for char in text)
    if not strange:
        return 0.0
    faults = text.count("\ufffd")
    return (sum(1 for _ in _COMMON.finditer(text)) - 4 * faults) / strange


def _web_encoding(label: str) -> str | None:
    """Return the encoding that browsers use for a label; None where it is none of the web's."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name.startswith(_OF_THE_WEB) and not name.startswith("utf") else None


def _without_mark(encoding: str, mark: bytes) -> str:
    if encoding == "utf-8":
        return encoding
    return f"{encoding}-{'le' if mark[0] == codecs.BOM_UTF16_LE[0] else 'be'}"
