"""The text witness in a whole scan: a replayed page that is not the article's is hollow."""

import gzip
from collections.abc import Iterator

import pytest

from linkcheck.model.evidence import Text
from linkcheck.model.link import Role
from tests.standin.held import Held
from tests.town import Town, town

AT = "20200101000000"
PAPER = "https://paper.example"
SAID = "".join(
    f"第{turn}日，議員在會上提出第{turn * 7}項修訂，指{subject}的撥款不應再拖延到來年才處理。"
    for turn, subject in enumerate(
        "橋樑 醫院 學校 圖書館 碼頭 公園 街市 電車 隧道 水務 渡輪 郵政".split()
    )
)
OTHER = "".join(
    f"球隊今季第{turn}場比賽以{turn + 2}比零取勝，教練{name}賽後稱讚後防整夜專注。"
    for turn, name in enumerate("陳 李 張 黃 何 林 周 吳 鄭 馮 梁 謝".split())
)
CAPTION = (
    "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
)
GOOD = CAPTION.format(title="撥款爭議再起", text=SAID)
WRONG = CAPTION.format(title="主隊七連勝", text=OTHER)
PLAIN = f"<h1>撥款爭議再起</h1><p>{SAID}</p>"

CASES = (
    ("right", GOOD.encode(), "text/html; charset=utf-8", (), Text.AGREES, "captured asked-time"),
    (
        "other",
        WRONG.encode(),
        "text/html; charset=utf-8",
        (),
        Text.DISAGREES,
        "hollow text-disagrees",
    ),
    # Only the header tells the encoding, and the page is packed though nobody asked for it.
    (
        *("big5", gzip.compress(PLAIN.encode("big5hkscs")), "text/html; charset=Big5"),
        *((("Content-Encoding", "gzip"),), Text.AGREES, "captured asked-time"),
    ),
    # What breaks off may have said anything further on.
    (
        *("cut", gzip.compress(f"<p>{OTHER}</p>".encode())[:-30], "text/html"),
        *((("Content-Encoding", "gzip"),), Text.UNDECIDED, "captured asked-time"),
    ),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    held = [
        Held(original=f"{PAPER}/{name}", timestamp=AT, body=body, media=media, headers=headers)
        for name, body, media, headers, *_ in CASES
    ]
    with town(tmp_path_factory.mktemp("witness") / "town", *held, names=("paper.example",)) as made:
        for name, *_ in CASES:
            url = f"https://web.archive.org/web/{AT}/{PAPER}/{name}"
            front = f"title: 撥款爭議再起\nurl: {url}\noriginal_url: {PAPER}/{name}"
            article = made.folder / "articles" / f"{name}.md"
            article.write_text(f"---\n{front}\n---\n\n{SAID}\n")
        ran = made.scan("--only", "archive")
        assert ran.code in {0, 2}, ran.err
        yield made


@pytest.mark.parametrize(
    ("name", "text", "finding"), [(name, text, finding) for name, *_, text, finding in CASES]
)
def test_what_a_scan_makes_of_a_page(home: Town, name: str, text: Text, finding: str) -> None:
    found = {one.article: one.links for one in home.findings()}[f"articles/{name}.md"]
    assert {one.link.role for one in found} == {Role.URL, Role.ORIGINAL_URL}
    for link in found:
        assert link.archive is not None
        assert f"{link.archive.finding.verdict} {link.archive.finding.rule}" == finding
        assert link.archive.evidence.text is text
