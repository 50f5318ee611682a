"""Bytes that are not the UTF-8 they should have been: read as what they are, or one finding."""

from pathlib import Path

import pytest

from linkcheck.model.article import Article
from linkcheck.readers import readers
from tests.command import audit, links

TEXT = "圖 <https://a.example/é>\n"


def read(content: bytes, name: str = "a.md") -> Article:
    return readers()[Path(name).suffix].read(content, name)


def rules(article: Article) -> list[tuple[str, int]]:
    return [(finding.rule, finding.line) for finding in article.findings]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (TEXT.encode(), []),
        (b"\xef\xbb\xbf" + TEXT.encode(), []),
        (TEXT.encode("utf-16"), [("not-utf-8", 1)]),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), [("not-utf-8", 1)]),
        (TEXT.encode("utf-32"), [("not-utf-8", 1)]),
    ],
    ids=["utf-8", "bom", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_unicode_form_is_read(content: bytes, found: list[tuple[str, int]]) -> None:
    article = read(content)
    assert article.source.decode() == TEXT
    assert rules(article) == found


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0" * 100, TEXT.encode("utf-16-le"), b"\xff\0\xfe"],
    ids=["png", "zeros", "utf-16 without mark", "noise"],
)
def test_binary_files_are_one_finding(content: bytes) -> None:
    article = read(content)
    assert (article.source, rules(article)) == (b"", [("not-text", 1)])


def test_broken_utf8_is_read_around_its_breaks() -> None:
    article = read(b"one\n\ntwo \xff https://a.example/\xe6\x96 end https://b.example/")
    assert rules(article) == [("not-utf-8", 3)]
    assert article.source.count("\ufffd".encode()) == 2


@pytest.mark.parametrize(
    ("label", "content", "text"),
    [
        ("big5", "香港".encode("big5"), "香港"),
        ("gb2312", "镕".encode("gbk"), "镕"),  # pages that say gb2312 are gbk
        ("iso-8859-1", b"\x93x\x94", "“x”"),  # and windows-1252
        ("shift_jis", "①".encode("cp932"), "①"),
        ("windows-1251", "где".encode("cp1251"), "где"),
    ],
)
def test_pages_are_read_in_the_encoding_they_declare(label: str, content: bytes, text: str) -> None:
    article = read(b"<meta charset=" + label.encode() + b"><p>" + content, "a.html")
    assert article.source.decode().endswith(f"<p>{text}")
    assert rules(article) == []


@pytest.mark.parametrize(
    "label", ["undefined", "idna", "punycode", "rot13", "hex", "unicode_escape", "utf-7", "x" * 999]
)
def test_encodings_that_are_none_of_the_web_are_not_believed(label: str) -> None:
    article = read(
        b"<meta charset=" + label.encode() + b">\xff\\d <a href='https://a.example/'>", "a.html"
    )
    assert rules(article) == [("not-utf-8", 1)]


def test_the_lines_of_old_macs_are_lines() -> None:
    article = read(b"one\rtwo\rhttps://a.example/\r")
    assert article.source == b"one\ntwo\nhttps://a.example/\n"


def test_bad_text_is_told_with_file_and_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x\n\xff <https://a.example/>")
    (tmp_path / "b.md").write_bytes(b"\0\1\2")
    (tmp_path / "c.md").write_bytes("<https://c.example/>".encode("utf-16"))
    ran = links(tmp_path)
    assert ran.code == 0
    assert [row["original"] for row in ran.rows] == ["https://a.example/", "https://c.example/"]
    for said in ("a.md:2: byte 3 is no UTF-8", "b.md:1: the file is binary", "c.md:1: the file is"):
        assert said in ran.err
    found = [(row["rule"], row["severity"]) for row in audit(tmp_path).rows]
    assert found == [("not-utf-8", "warning"), ("not-text", "error"), ("not-utf-8", "info")]
