"""Pairs of an article and a page, each with the answers that are right: the same in every run.

Pages are rendered from the article's Markdown by the Markdown parser and put into newspapers that
are made up: what is compared never saw `linkcheck.witness` before.
"""

import html
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pyromark

from linkcheck.model.article import Article
from linkcheck.model.evidence import Text
from linkcheck.model.text import ArticleText
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.article import article_text
from linkcheck.witness.letters import letters_of, plain

AGREES = frozenset((Text.AGREES,))
DISAGREES = frozenset((Text.DISAGREES,))
UNDECIDED = frozenset((Text.UNDECIDED,))
NOT_HELD = DISAGREES | UNDECIDED
NOT_ANOTHER = AGREES | UNDECIDED

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？]|[^.!?\n]+[.!?](?=\s|$)")
_TAG = re.compile(rb'^  - "(.+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article, as the collection has it and as its paper had it."""

    article: Article
    said: ArticleText
    paragraphs: tuple[str, ...]  # Markdown
    tags: frozenset[bytes]
    length: int  # in letters
    english: bool

    @property
    def title(self) -> str:
        return self.said.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An article, a page, and what may be said of them."""

    kind: str
    article: ArticleText
    page: bytes
    right: frozenset[Text]
    media_type: str = field(default="text/html; charset=utf-8")


def story(article: Article) -> Story:
    body = article.source[article.body_start :].decode()
    said = article_text(article, ReadingSettings(), WitnessSettings())
    letters = letters_of(plain(said.text))
    return Story(
        article=article,
        said=said,
        length=len(letters),
        english=sum(letter.isascii() for letter in letters) > 0.9 * len(letters),
        paragraphs=tuple(part for part in re.split(r"\n{2,}", body) if part.strip()),
        tags=frozenset(_TAG.findall(article.source[: article.body_start])),
    )


def pairs(stories: Sequence[Story], each: int, seed: str = "witness") -> Iterator[Pair]:
    """Yield so many pairs of each kind."""
    for kind, make in KINDS.items():
        dice = random.Random(f"{seed} {kind}")  # noqa: S311 nothing is kept secret
        made = tries = 0
        while made < each and tries < each * 50:
            tries += 1
            pair = make(dice, stories, kind)
            if pair is not None:
                made += 1
                yield pair


# The papers: where navigation, related articles and the paper's own words stand around a body.


def _listed(others: Sequence[Story], *, summaries: bool = False) -> str:
    def summary(other: Story) -> str:
        return f"<p>{html.escape(other.said.text.strip()[:90])}…</p>" if summaries else ""

    return "".join(
        f'<div class="item"><a href="/web/20210712im_/https://paper.example/{at}" title="x">'
        f'<img src="/i/{at}.jpg" alt="" width="120"><h3>{html.escape(other.title)}</h3></a>'
        f"{summary(other)}</div>\n"
        for at, other in enumerate(others)
    )


_SECTIONS = (
    "要聞 港聞 國際 兩岸 財經 體育 娛樂 副刊 評論 博客 視頻 訂閱 關於我們 聯絡我們 私隱政策".split()
)
_MENU = "".join(f'<li class="nav"><a href="/c/{word}">{word}</a></li>\n' for word in _SECTIONS)
_SCRIPT = (
    '<script>var data = {"a": "<p>不是文字</p>"}; if (1 < 2) { document.write("<b>") }</script>\n'
)
_TOOLBAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<div id='wm-ipp'>12 captures 10 May 2017 - 12 Jul 2021"
    "</div>\n<!-- END WAYBACK TOOLBAR INSERT -->\n"
)


def daily(title: str, body: str, others: Sequence[Story]) -> str:
    """Render a page as newspapers of the 2010s do, replayed by an archive."""
    return (
        f"<!DOCTYPE html>\n<html><head>{_SCRIPT}<meta charset='utf-8'>"
        f"<title>{html.escape(title)} | 每日新聞</title><style>p {{ color: red }}</style></head>"
        f"<body class='x'>{_TOOLBAR}<nav><ul>{_MENU}</ul></nav>{_SCRIPT * 5}"
        f"<article><h1>{html.escape(title)}</h1><p class=meta>記者 陳大文 2019-06-01</p>{body}"
        f"</article><aside><h2>相關新聞</h2>{_listed(others)}</aside>"
        f"<footer>&copy; 2019 每日新聞有限公司&nbsp;版權所有</footer></body></html>"
    )


def plainer(title: str, body: str, others: Sequence[Story]) -> str:
    """Render a page as the 2000s did: tables, no headings, the title in a picture of the paper."""
    return (
        "<HTML><HEAD><TITLE>每日新聞 電子版</TITLE></HEAD><BODY BGCOLOR=white>"
        f"<TABLE WIDTH=100%><TR><TD><FONT SIZE=2>{' | '.join(_SECTIONS)}</FONT><TD>"
        f"<TABLE><TR><TD><FONT SIZE=5><B>{html.escape(title)}</B></FONT><BR>{body}</TABLE>"
        f"<!-- {html.escape(title)} -->{_listed(others[:4])}</TABLE></BODY></HTML>"
    )


def modern(title: str, body: str, others: Sequence[Story]) -> str:
    """Render a page as the 2020s do: everything in `div`, the title for machines."""
    divided = body.replace("<p>", '<div class="css-1xhj18k"><span>').replace(
        "</p>", "</span></div>"
    )
    return (
        f"<!doctype html><html lang=zh-Hant><head><meta property='og:title' content=\""
        f'{html.escape(title)}"><title>每日新聞</title>{_SCRIPT * 20}</head><body><div id="__next">'
        f"<div>{_listed(others)}</div>{divided}<noscript>請啟用 JavaScript</noscript></div>"
        f"{_SCRIPT * 20}</body></html>"
    )


Paper = Callable[[str, str, Sequence[Story]], str]
PAPERS: tuple[Paper, ...] = (daily, plainer, modern)


def rendered(paragraphs: Sequence[str]) -> str:
    """Return Markdown as HTML."""
    return pyromark.html("\n\n".join(paragraphs))


def _drawn(dice: random.Random, stories: Sequence[Story], least: int = 250) -> Story:
    while True:
        drawn = dice.choice(stories)
        if drawn.length >= least:
            return drawn


def _others(
    dice: random.Random, stories: Sequence[Story], besides: Story, many: int
) -> list[Story]:
    drawn = dice.sample(stories, min(len(stories), many + 1))
    return [one for one in drawn if one is not besides][:many]


def _related(stories: Sequence[Story], besides: Story) -> list[Story]:
    """Return the stories that share most tags, as a paper lists below an article."""
    near = [one for one in stories if one is not besides and one.tags & besides.tags]
    return sorted(near, key=lambda one: (-len(one.tags & besides.tags), one.article.path))


def _repeats(one: Story, drawn: Story) -> bool:
    """Tell a later state of the same story, as live reports have them: it is no other article."""
    own = {part for part in drawn.paragraphs if len(part) > 30 and part[0] not in "<#!["}
    return one.title == drawn.title or len(own.intersection(one.paragraphs)) > 0.3 * len(own)


def _page(dice: random.Random, stories: Sequence[Story], shown: Story, paper: Paper) -> bytes:
    others = _others(dice, stories, shown, 12)
    return paper(shown.title, rendered(shown.paragraphs), others).encode()


# The kinds. Each takes dice, stories and its own name, and gives a pair, or None to draw again.


def _right(paper: Paper) -> Callable[[random.Random, Sequence[Story], str], Pair | None]:
    def make(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
        drawn = _drawn(dice, stories)
        page = _page(dice, stories, drawn, paper)
        return Pair(kind=kind, article=drawn.said, page=page, right=AGREES)

    return make


def _edited(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn, other = _drawn(dice, stories, 400), _drawn(dice, stories, 400)
    strange = _SENTENCE.findall(other.said.text) or ["更正。"]
    share = dice.uniform(0.1, 0.3)

    def changed(sentence: re.Match[str]) -> str:
        return dice.choice(strange) if dice.random() < share else sentence[0]

    texts = [
        at for at, part in enumerate(drawn.paragraphs) if len(part) > 30 and part[0] not in "<#!"
    ]
    if len(texts) < 4:
        return None
    gone = dice.choice(texts)
    parts = [
        _SENTENCE.sub(changed, part) if at in texts else part
        for at, part in enumerate(drawn.paragraphs)
        if at != gone
    ]
    parts.insert(
        0, "*更正：較早前的版本有錯，現已更正，謹此致歉。Correction: an earlier version erred.*"
    )
    left = "".join(part for at, part in enumerate(drawn.paragraphs) if at in texts and at != gone)
    if len(left) < 0.8 * len("".join(drawn.paragraphs[at] for at in texts)):
        return None  # that paragraph was most of it
    page = dice.choice(PAPERS)(drawn.title, rendered(parts), _others(dice, stories, drawn, 12))
    return Pair(kind=kind, article=drawn.said, page=page.encode(), right=AGREES)


def _other(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn, other = _drawn(dice, stories), _drawn(dice, stories)
    if _repeats(other, drawn):
        return None
    page = _page(dice, stories, other, dice.choice(PAPERS))
    return Pair(kind=kind, article=drawn.said, page=page, right=DISAGREES)


def _same_subject(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories)
    near = [one for one in _related(stories, drawn)[:5] if not _repeats(one, drawn)]
    if not near:
        return None
    page = _page(dice, stories, dice.choice(near), dice.choice(PAPERS))
    return Pair(kind=kind, article=drawn.said, page=page, right=NOT_HELD)


_ERRORS = (
    (
        "找不到頁面",
        "<h1>404</h1><p>抱歉，你要找的網頁不存在或已被移除。請返回<a href=/>主頁</a>。</p>",
    ),
    ("頁面不存在", "<p>您訪問的頁面不存在，可能已經刪除或者更改了地址。</p>"),
    ("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
    ("Page not found", "<h1>Sorry</h1><p>The page you are looking for was moved or removed.</p>"),
    ("系統維護", "<p>系統維護中，暫停服務，請稍後再試。不便之處，敬請原諒。</p>"),
)


def _error(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories)
    title, body = dice.choice(_ERRORS)
    bare = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    full = daily(title, body, _others(dice, stories, drawn, 10))
    page = dice.choice((bare, full)).encode()
    return Pair(kind=kind, article=drawn.said, page=page, right=DISAGREES)


def _front(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories)
    shown = [*_others(dice, stories, drawn, 49), drawn]
    dice.shuffle(shown)
    page = dice.choice((daily, plainer, modern))("每日新聞", _listed(shown), []).encode()
    return Pair(kind=kind, article=drawn.said, page=page, right=DISAGREES)


def _list(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories)
    shown = [*_others(dice, stories, drawn, 14), drawn]
    dice.shuffle(shown)
    page = daily("要聞", _listed(shown, summaries=True), []).encode()
    return Pair(kind=kind, article=drawn.said, page=page, right=NOT_HELD)


def _whole_list(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    """Make a blog's front page, which holds whole articles."""
    drawn = _drawn(dice, stories)
    shown = [*(_drawn(dice, stories, 600) for _ in range(dice.randint(2, 9))), drawn]
    if sum(one.length for one in shown) < 3 * drawn.length:
        return None  # the page is as good as its own
    dice.shuffle(shown)
    body = "".join(f"<h2>{html.escape(one.title)}</h2>{rendered(one.paragraphs)}" for one in shown)
    return Pair(
        kind=kind, article=drawn.said, page=daily("博客", body, []).encode(), right=UNDECIDED
    )


def _wall(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories, 500)
    texts = [part for part in drawn.paragraphs if len(part) > 30 and part[0] not in "<#!"]
    first = texts[0] if texts else ""
    if not first or len(first) > 0.4 * len(drawn.said.text):
        return None  # that is no stub any more
    body = rendered([first, "**登入**或**訂閱**以繼續閱讀。Log in or subscribe to read on."])
    page = dice.choice((daily, modern))(drawn.title, body, _others(dice, stories, drawn, 6))
    return Pair(kind=kind, article=drawn.said, page=page.encode(), right=UNDECIDED)


def _login(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories)
    form = "<form><input name=user><input name=password type=password><button>登入</button></form>"
    body = f"<p>請先登入會員帳戶。未有帳戶？立即註冊，暢讀所有內容。</p>{form}"
    page = daily("會員登入", body, _others(dice, stories, drawn, 4)).encode()
    return Pair(kind=kind, article=drawn.said, page=page, right=DISAGREES)


def _short(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    """Make a headline and one line, against its own page or a list that holds all of it."""
    drawn = _drawn(dice, stories)
    line = drawn.said.text.strip().partition("\n")[0][:90]
    if len(line) < 20 or drawn.english:
        return None
    said = ArticleText(title=drawn.title, text=line)
    body = (
        f"<p>{html.escape(line)}</p>" if dice.random() < 0.5 else _listed([drawn], summaries=True)
    )
    page = daily(drawn.title, body, _others(dice, stories, drawn, 20)).encode()
    return Pair(kind=kind, article=said, page=page, right=UNDECIDED)


def _pictures(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn, other = _drawn(dice, stories), _drawn(dice, stories)
    said = ArticleText(title=drawn.title, text="")
    page = _page(dice, stories, dice.choice((drawn, other)), daily)
    return Pair(kind=kind, article=said, page=page, right=UNDECIDED)


def _truncated(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    drawn = _drawn(dice, stories)
    page = _page(dice, stories, drawn, dice.choice(PAPERS))
    page = page[: int(len(page) * dice.uniform(0.05, 0.9))]
    return Pair(kind=kind, article=drawn.said, page=page, right=NOT_ANOTHER)


def _legacy(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    """Make the right page in an encoding of its time, said, wrongly said, or not said."""
    drawn = _drawn(dice, stories)
    page = plainer(drawn.title, rendered(drawn.paragraphs), _others(dice, stories, drawn, 6))
    encoding = dice.choice(("big5hkscs", "gb18030", "utf-16"))
    label = dice.choice(("", "; charset=iso-8859-1", f"; charset={encoding}"))
    content = page.encode(encoding, "xmlcharrefreplace")
    return Pair(
        kind=kind, article=drawn.said, page=content, right=AGREES, media_type=f"text/html{label}"
    )


def _english(dice: random.Random, stories: Sequence[Story], kind: str) -> Pair | None:
    english = [one for one in stories if one.english and one.length > 600]
    if len(english) < 2:
        return None
    drawn, other = dice.sample(english, 2)
    own = dice.random() < 0.5
    if not own and _repeats(other, drawn):
        return None
    page = _page(dice, stories, drawn if own else other, dice.choice(PAPERS))
    return Pair(kind=kind, article=drawn.said, page=page, right=AGREES if own else DISAGREES)


KINDS: dict[str, Callable[[random.Random, Sequence[Story], str], Pair | None]] = {
    "right page": _right(daily),
    "right, plain paper": _right(plainer),
    "right, modern paper": _right(modern),
    "right, old encoding": _legacy,
    "edited": _edited,
    "truncated": _truncated,
    "other article": _other,
    "same subject": _same_subject,
    "error page": _error,
    "front page": _front,
    "list page": _list,
    "whole articles listed": _whole_list,
    "paywall stub": _wall,
    "login": _login,
    "short article": _short,
    "pictures only": _pictures,
    "english": _english,
}
