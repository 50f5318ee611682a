"""Text that means harm, of every kind; and findings in which every text is such a one."""

from enum import Enum
from typing import TypeVar, cast

from msgspec.structs import fields, replace

from linkcheck.model.noun import Noun

Kind = TypeVar("Kind", bound=Noun)

STRINGS = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "single quotes": "'; DROP TABLE findings; --' onload='alert(1)",
    "end of a script": "]]></script><!-- --> &amp; \ufffe",
    "template": "{{ 7*7 }}{% raw %}${7*7}",
    "formula": '=HYPERLINK("http://evil.example","y")',
    "formula of other signs": "+1+1",
    "formula at": "@SUM(1)",
    "formula behind blanks": "  -2",
    "formula behind a tab": "\t=1",
    "formula of full width": "＝1",
    "formula behind wide blanks": "\u3000\ufeff=1",
    "formula behind a semicolon": "x;=cmd|' /C calc'!A0;+1",
    "colours": "\x1b[31mred\x07\x9b1m",
    "lines": "a\r\nb,c;d|e\x0b\x0c\x85",
    "other lines": "line\nbreak\u2028and\u2029tab\tnul\x00",
    "right to left": "left\u202eright\u2066x\u202c\u200f\u061c",
    "backticks": "` `` ```",
    "markup": "@someone #1 [x](javascript:y) **z** ![](https://evil.example/x) ](",
    "headings": "\n# heading\n\n- item\n<!-- -->",
    "commands": "::error file=x::y%0A\n::stop-commands::x",
    "statement": '" . <urn:x:injected> <urn:x:y> <urn:x:z> .\n<urn:x:a> <urn:x:b> "',
    "surrogate": "\udcff lone \ud800 surrogate",
    "entities": "&#60;script&#62;&lt;b&gt;%3Cscript%3E",
    "hanzi": "眾新聞\u3000「報道」\ufeff",
    "long": "x" * 100_000,
}
URLS = {
    "javascript": "javascript:alert(1)",
    "javascript in capitals": "JaVaScRiPt:alert(1)",
    "javascript behind a control": "\x01java\tscript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "quoted": 'https://evil.example/"onmouseover="alert(1)',
    "tagged": "https://evil.example/<script>alert(1)</script>",
    "turned": "https://evil.example/\u202egnp.exe",
    "turned and encoded": "https://evil.example/%E2%80%AEgnp.exe%0A%C2%85%3Cb%3E%F3%A0%81%81%00",
    "backslashes": "http:\\\\evil.example\\x",
    "leading blank": " https://evil.example/leading",
    "without an end": "https://" + "a" * 20_000 + ".example/",
}
ALL = STRINGS | URLS

OURS = frozenset({"rule", "time", "repairs", "urlkey"})
"""Fields that hold our own words, whatever comes from outside."""


def poisoned(value: Kind, text: str) -> Kind:
    """Return a noun in which every text from outside is this one, however deep it lies."""
    return cast("Kind", _poisoned(value, text))


def _poisoned(value: object, text: str) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return text
    if isinstance(value, Noun):
        changed = {
            field.name: _poisoned(getattr(value, field.name), text)
            for field in fields(value)
            if field.name not in OURS
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_poisoned(one, text) for one in value)
    return value
