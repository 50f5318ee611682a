"""Bytes of a page to text: the encoding it has, rather than the one it is said to have."""

import codecs
import re

from linkcheck.model.noun import Noun

# The longer marks first: UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_META_WITHIN = 64 * 1024  # an archive puts scripts and a toolbar before it
_SAMPLE = 64 * 1024
_ASCII = bytes(range(128))
_MARKUP = re.compile(rb"<[^>]*+>?")
# Read in the right encoding, half of a Chinese page's characters are common ones, read in a wrong
# one, a hundredth. A French page has no common one, and little beyond ASCII.
_SENSIBLE = 0.1
_MOSTLY_STRANGE = 0.25
_FAULTS = 0.02  # of all characters: more is no slip of a page's own
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


class Decoded(Noun, frozen=True, kw_only=True):
    """A page's text, and whether it was understood."""

    text: str  # what the encoding does not fit is U+FFFD
    garbled: bool = False


def decoded(page: bytes, media_type: str | None) -> Decoded:
    """Return a page's text by the encoding that makes most sense of it."""
    for mark, encoding in _MARKS:
        if page.startswith(mark):
            return Decoded(text=page[len(mark) :].decode(encoding, "replace"))
    text = _utf8(page)
    if text is not None:  # nothing else looks like it by chance
        return Decoded(text=text)
    declared = [_PARAMETER.search(media_type) if media_type else None]
    declared_in_page = _META.search(page, 0, _META_WITHIN)
    labels = [found[1] for found in declared if found is not None]
    if declared_in_page is not None:
        labels.append(declared_in_page[1].decode("ascii"))
    names = [name for name in map(_web_encoding, labels) if name is not None]
    sample = page[:_SAMPLE]
    sense, _, encoding = max(
        (_sense(sample, name), name in names, name)
        for name in dict.fromkeys((*names, "utf-8", *_UNDECLARED))
    )
    text = page.decode(encoding, "replace")
    garbled = sense < _SENSIBLE and _strange(sample) > _MOSTLY_STRANGE
    return Decoded(text=text, garbled=garbled or text.count("\ufffd") > _FAULTS * len(text))


def _utf8(page: bytes) -> str | None:
    """Return the text if it is UTF-8, perhaps cut within its last character."""
    try:
        return page.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None
        return page[: error.start].decode()


def _sense(sample: bytes, encoding: str) -> float:
    """Return how much a sample looks like a text in an encoding: what is common, less faults."""
    text = sample.decode(encoding, "replace")
    strange = sum(not char.isascii() for char in text)
    if not strange:
        return 0.0
    faults = text.count("\ufffd")
    return (sum(1 for _ in _COMMON.finditer(text)) - 4 * faults) / strange


def _strange(sample: bytes) -> float:
    """Return the share of a sample that is beyond ASCII, of all that is no markup."""
    words = _MARKUP.sub(b"", sample)
    return len(words.translate(None, _ASCII)) / max(1, len(words))


def _web_encoding(label: str) -> str | None:
    """Return the encoding that browsers use for a label; None where it is none of the web's."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name.startswith(_OF_THE_WEB) and not name.startswith("utf") else None
