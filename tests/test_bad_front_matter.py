"""Front matter that was written to do harm, or by mistake: one finding, and no link is lost."""

import time

import pytest

from linkcheck.archives import archives
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.article import Article
from linkcheck.model.link import Link, Role
from linkcheck.readers import readers
from linkcheck.settings.reading import ReadingSettings

MANY = 100_000
BODY = "![i](https://body.example/i.png)\n"


def read(text: str) -> Article:
    return readers()[".md"].read(text.encode(), "a.md")


def links_of(article: Article) -> list[Link]:
    return Extractor(Resolver(archives()), ReadingSettings()).links(article)


def merge_bomb(levels: int) -> str:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, levels)]
    return "\n".join(lines)


def alias_bomb(levels: int) -> str:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


YAML = {
    "a list": "- a\n- https://front.example/",
    "a number": "42",
    "text": "only https://front.example/ words",
    "unknown tag": "url: !!python/object/apply:os.system [id]",
    "control character": 'title: "a\x07b"\nurl: https://front.example/',
    "tab": "url:\thttps://front.example/\n\tx: y",
    "aliases that multiply": alias_bomb(12),
    "merged keys that multiply": merge_bomb(40),
    "alias of itself": "a: &a [*a]",
    "alias of nothing": "a: *b",
    "key that is a list": "? [a, b]\n: c",
    "key that is itself": "&a {*a : x}",
    "brackets": "a: " + "[" * MANY,
    "closed brackets": "a: " + "[" * MANY + "]" * MANY,
    "braces": "a: " + "{" * MANY,
    "braces with keys": "a: " + '{"a":' * MANY,
    "dashes": "- " * MANY,
    "questions": "? " * MANY,
    "colons": "a: " * MANY,
    "indents": "\n".join(" " * n + "a:" for n in range(700)),
    "quotes": 'a: "' + '"' * MANY,
    "single quotes": "a: '" + "'" * MANY,
    "escapes": 'a: "' + '\\"' * MANY,
    "number of many parts": "a: 1" + ":1" * 30_000,
    "number of many digits": "a: " + "9" * 30_000,
    "octal": "a: 0" + "7" * 50_000,
    "anchors": "\n".join(f"a{n}: &a{n} x" for n in range(9_000)),
    "a key of 100 kB": f"{'k' * MANY}: {{a: {{b: c}}}}",
    "not closed": 'url: "https://front.example/',
    "no date": "date: 2021-13-45\nurl: https://front.example/",
    "surrogates": 'url: "\\ud800https://x.example/"',
    "blanks": "a: [\nb: c" + " " * MANY + "x\nurl: https://front.example/",
}


@pytest.mark.parametrize("name", YAML)
def test_no_yaml_harms_and_the_body_keeps_its_links(name: str) -> None:
    start = time.process_time()
    article = read(f"---\n{YAML[name]}\n---\n{BODY}")
    found = links_of(article)
    assert time.process_time() - start < 5
    assert "https://body.example/i.png" in [link.original for link in found]
    assert Role.IMAGE in [link.role for link in found]
    assert len(article.findings) <= 1
    if "https://front.example/" in YAML[name]:
        assert "https://front.example/" in [link.original for link in found]


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ("---\ntitle: x\nurl: [\n---\n", 4, "cannot be read"),
        ("---\ntitle: x\nbad: a: b\n---\n", 3, "mapping values"),
        ("---\na: b\n\x07\n---\n", 3, "control characters"),
        ("---\n42\n---\n", 2, "it is a number"),
        ("---\n- a\n---\n", 2, "it is a list"),
        ("---\nyes\n---\n", 2, "it is a yes or no"),
        ("---\ntitle: x\nurl: https://front.example/\n\nText.\n", 2, "never closed"),
        ("+++\ntitle = 'x'\nurl = \n+++\n", 3, "Invalid value"),
        ("+++\ntitle = 'x'\n", 2, "never closed"),
        ('{\n"title": "x",\n"url": ,\n}\n', 3, "Expecting value"),
        ("---\na: " + "[" * 2_000 + "\n---\n", 2, "nested deeper than 32"),
        (f"---\n{merge_bomb(40)}\n---\n", 2, "multiply"),
        (f"---\n{alias_bomb(12)}\n---\n", 2, "multiply"),
        ("---\na: 1" + ":1" * 99 + "\n---\n", 2, "16 parts"),
        ("---\na: " + "x" * 300_000 + ' "\n---\n', 2, "longer than 262,144 bytes"),
    ],
)
def test_what_is_damaged_is_told_with_its_line(front: str, line: int, said: str) -> None:
    article = read(f"{front}\n{BODY}")
    (finding,) = article.findings
    assert (finding.rule, finding.severity, finding.line) == (
        "front-matter-damaged",
        "error",
        line,
    )
    assert said in finding.message
    assert "https://body.example/i.png" in [link.original for link in links_of(article)]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: a: b\nurl: {url}\noriginal_url: '{origin}'\n---\n",
        '---\ntitle: "\x07"\nurl: "{url}"\r\noriginal_url: {origin}\n---\n',
        "---\nurl: {url}\noriginal_url: {origin}\n\n# Title\n",
        "+++\nx = \nurl = '{url}'\noriginal_url = \"{origin}\"\n+++\n",
        '{{\n  "x": ,\n  "url": "{url}",\n  "original_url": "{origin}"\n}}\n',
    ],
    ids=["yaml", "control", "unclosed", "toml", "json"],
)
def test_the_pair_is_saved_from_damaged_front_matter(front: str) -> None:
    url = "https://web.archive.org/web/20210712023725/https://a.example/"
    article = read(front.format(url=url, origin="https://a.example/") + BODY)
    assert len(article.findings) == 1
    assert [(link.role, link.raw) for link in links_of(article)] == [
        ("url", url),
        ("original_url", "https://a.example/"),
        ("image", "https://body.example/i.png"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule, then text.\n",
        "text\n---\nmore\n---\n",
        "--- \n***\n",
        "+++\n",
        "{ no json }\n",
        '{"unclosed": ',
        "---",
        "",
    ],
)
def test_what_is_no_front_matter_is_body(text: str) -> None:
    article = read(f"{text}\n{BODY}")
    assert (article.body_start, article.fields, article.findings) == (0, (), ())


@pytest.mark.parametrize(
    "text",
    ["+++\na = {0}\n+++\n", '{{"a": {0}}}\n', "+++\n{1}b = 1\n+++\n", "+++\n[{1}b]\n+++\n"],
)
@pytest.mark.parametrize("piece", ["[", '["', "{", '{"a":', "'", '"', "1", "a.", "\\"])
def test_no_toml_or_json_harms(text: str, piece: str) -> None:
    start = time.process_time()
    article = read(text.format(piece * 20_000, "a." * 2_000) + BODY)
    assert "https://body.example/i.png" in [link.original for link in links_of(article)]
    assert time.process_time() - start < 5


def test_sets_are_read_in_one_order() -> None:
    keys = "".join(f"  ? https://s{n}.example/\n" for n in range(20))
    article = read(f"---\nlinks: !!set\n{keys}---\n")
    found = [(link.line, link.raw) for link in links_of(article)]
    assert found == [(n + 3, f"https://s{n}.example/") for n in range(20)]
