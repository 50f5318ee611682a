"""What pages are known by: parking, sales, casinos, walls, excuses, and what only looks like it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.errors import UsageError
from linkcheck.lanes.live import excuses, lots, walls
from linkcheck.lanes.live.groups import groups_of, shares_words, without_echo, words_of
from linkcheck.lanes.live.page import lowered, read_page
from linkcheck.lanes.live.reading import compare, read
from linkcheck.lanes.live.signs import signs_of
from linkcheck.model.exchange import Reply
from linkcheck.model.live import Sign, SignKind
from linkcheck.settings.live import Action, LiveSettings, read_status_action
from linkcheck.verdicts.live_way import Way, leads_to_error_page, same_place, way_of
from linkcheck.verdicts.live_weighing import same_answer
from tests.answers import reply
from tests.web.words import page, text

K = SignKind
ASKED = "http://www.paper.example/1999/story"
HTML = ("Content-Type", "text/html; charset=utf-8")


def signs(answer: Reply, asked: str = ASKED) -> tuple[Sign, ...]:
    read = read_page(answer)
    return signs_of(read, answer, asked, len(words_of(read.text)))


def kinds(source: str, *, asked: str = ASKED, url: str = ASKED) -> set[SignKind]:
    return {sign.kind for sign in signs(reply(source, HTML, url=url), asked)}


# fmt: off
USURPED = {
    "sedo script":      (K.PARKED,   page("paper.example", "x", head='<script src="//sedoparking.com/a.js">')),
    "godaddy lander":   (K.PARKED,   '<html><script>window.onload=function(){window.location.href="/lander"}</script></html>'),
    "adsense":          (K.PARKED,   '<html data-adblockkey="MFww"><body><div id="container"></div></body></html>'),
    "english, parked":  (K.PARKED,   page("paper.example", "This domain is parked. Related links")),
    "english, sale":    (K.FOR_SALE, page("paper.example is for sale", "The domain paper.example is for sale")),
    "english, maybe":   (K.FOR_SALE, page("paper.example", "This domain may be for sale by its owner!")),
    "german":           (K.FOR_SALE, page("paper.example", "Die Domain paper.example steht zum Verkauf")),
    "french":           (K.FOR_SALE, page("paper.example", "Le nom de domaine paper.example est à vendre")),
    "spanish":          (K.FOR_SALE, page("paper.example", "El dominio paper.example está en venta")),
    "portuguese":       (K.FOR_SALE, page("paper.example", "O domínio paper.example está à venda")),
    "italian":          (K.FOR_SALE, page("paper.example", "Il dominio paper.example è in vendita")),
    "dutch":            (K.FOR_SALE, page("paper.example", "Deze domeinnaam is te koop")),
    "polish":           (K.FOR_SALE, page("paper.example", "Domena paper.example jest na sprzedaż")),
    "russian":          (K.FOR_SALE, page("paper.example", "Домен paper.example продается")),
    "russian, parked":  (K.PARKED,   page("paper.example", "Домен припаркован, обратитесь к регистратору")),
    "chinese, sale":    (K.FOR_SALE, page("paper.example", "您正在访问的域名可以转让! This domain is for sale")),
    "chinese, sold":    (K.FOR_SALE, page("域名出售", "此域名正在出售，有意者请联系")),
    "chinese, expired": (K.PARKED,   page("paper.example", "该域名已过期，请联系注册商续费")),
    "hong kong":        (K.FOR_SALE, page("paper.example", "此網域 paper.example 現正出售")),
    "japanese":         (K.FOR_SALE, page("paper.example", "このドメインは販売中です")),
    "korean":           (K.FOR_SALE, page("paper.example", "이 도메인은 판매 중입니다")),
    "casino":           (K.GAMBLING, page("Slot Gacor Maxwin & Casino", "togel slot casino judi poker sbobet " * 9)),
    "casino, chinese":  (K.GAMBLING, page("新葡京娱乐城 百家乐", "百家乐 老虎机 体育投注 六合彩 博彩 " * 9)),
    "casino, thai":     (K.GAMBLING, page("สล็อต คาสิโน เว็บตรง", "สล็อต บาคาร่า แทงบอล คาสิโน เว็บตรง " * 9)),
    "casino, korean":   (K.GAMBLING, page("카지노 바카라 토토", "카지노 바카라 토토 슬롯 먹튀 " * 9)),
    "casino, vietnam":  (K.GAMBLING, page("Nhà cái cá cược casino", "nhà cái cá cược nổ hũ tài xỉu xóc đĩa casino " * 9)),
    "casino, russian":  (K.GAMBLING, page("Казино игровые автоматы", "казино букмекер слоты игровые автоматы jackpot " * 9)),
}
WALLS = {
    "cloudflare":       (K.CHALLENGE, page("Just a moment...", "Checking your browser before accessing")),
    "denied":           (K.CHALLENGE, page("Access denied", "You don't have permission")),
    "recaptcha":        (K.CAPTCHA,   page("Robot", '<div class="g-recaptcha"></div>')),
    "captcha in words": (K.CAPTCHA,   page("Security", "Please solve the captcha to continue")),
    "captcha, chinese": (K.CAPTCHA,   page("安全", "请完成人机验证 后继续访问")),
    "login form":       (K.LOGIN,     page("Hello", '<form><input type="password"></form>')),
    "login, chinese":   (K.LOGIN,     page("提示", "请先登录 后继续浏览")),
    "consent":          (K.CONSENT,   page("Cookies", "Before you continue to our site")),
    "consent, german":  (K.CONSENT,   page("Hallo", "Mit Werbung weiterlesen oder abonnieren")),
    "region":           (K.REGION,    page("Sorry", "This video is not available in your country")),
    "maintenance":      (K.MAINTENANCE, page("Shop", "We are down for scheduled maintenance")),
    "maintenance, hk":  (K.MAINTENANCE, page("商店", "系統維護中，請稍後再試")),
    "region, chinese":  (K.REGION,    page("抱歉", "您所在的地区暂时无法观看")),
}
EXCUSES = {
    "english":          page("Page not found", "Sorry."),
    "english, deep":    page("Paper", "The article you are looking for could not be found."),
    "german":           page("Fehler", "Die Seite wurde nicht gefunden"),
    "french":           page("Erreur", "Page introuvable"),
    "spanish":          page("Error", "Página no encontrada"),
    "russian":          page("Ошибка", "Страница не найдена"),
    "chinese":          page("提示", "您访问的页面不存在"),
    "hong kong":        page("錯誤", "找不到網頁"),
    "taiwan":           page("提示", "文章已被刪除"),
    "japanese":         page("エラー", "ページが見つかりません"),
}
HONEST = {
    "article on casinos":        page("Macau casino revenue falls", text("macau", 250) + " casino resort"),
    "article on slots":          page("Hospital opens more slots", text("slots", 150) + " slots for patients"),
    "court, judicial":           page("Judicial review begins", text("judicial", 80) + " judicial judicious"),
    "article on a domain":       page("Sex.com: the domain is for sale again", text("domain", 300)),
    "article on parking":        page("Parking free on Sundays", text("parking", 90)),
    "article on error pages":    page("A history of 404 not found", text("404", 300)),
    "car of 1960":               page("Peugeot 404", text("peugeot", 100)),
    "cookie banner":             page("Recipes", "We use cookies to improve your experience.", text("r", 60)),
    "log in above":              page("Story", "Log in or register", text("story", 70)),
    "contact form with captcha": page("Contact", text("contact", 70), "This form is protected by reCAPTCHA", '<div class="g-recaptcha">'),
    "short":                     page("Opening hours", "Open daily from nine to five."),
    "cloudflare on a good page": page("News", text("news", 60), '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">'),
    "chinese news of a sale":    page("港府擬出售土地", "政府今日宣布出售一幅位於九龍的土地，" + "市民反應不一。" * 30),
}
# fmt: on


@pytest.mark.parametrize("case", USURPED)
def test_who_took_over(case: str) -> None:
    kind, source = USURPED[case]
    assert kind in kinds(source)


@pytest.mark.parametrize("case", WALLS)
def test_what_stands_before_the_page(case: str) -> None:
    kind, source = WALLS[case]
    assert kind in kinds(source)


@pytest.mark.parametrize("case", EXCUSES)
def test_what_says_that_there_is_no_page(case: str) -> None:
    assert K.APOLOGY in kinds(EXCUSES[case])


@pytest.mark.parametrize("case", HONEST)
def test_what_only_looks_like_it(case: str) -> None:
    assert kinds(HONEST[case]) == set()


def test_a_casino_that_always_was_one() -> None:
    source = page("Grand Casino poker slots", "casino poker slots roulette blackjack jackpot " * 9)
    assert (
        kinds(source, asked="https://grandcasino.example/", url="https://grandcasino.example/")
        == set()
    )


def test_where_parked_names_send_their_visitors() -> None:
    assert kinds(page("x", "y"), url="http://ww25.paper.example/") == {K.PARKED}
    assert kinds(page("x", "y"), url="https://www.hugedomains.com/domain_profile.cfm?d=paper") == {
        K.FOR_SALE
    }


@pytest.mark.parametrize(
    ("asked", "final", "way"),
    [
        ("http://a.example/x", "https://a.example/x", Way.SAME_THING),
        ("http://a.example/x", "https://www.a.example/x/", Way.SAME_THING),
        ("http://a.example/", "http://a.example/en/", Way.SAME_THING),
        ("http://a.example/x/y", "https://www.a.example/", Way.FRONT_PAGE),
        ("http://a.example/x/y", "https://b.example/", Way.FRONT_PAGE),
        ("http://a.example/2009-05-old-bridge", "https://b.example/", Way.FRONT_PAGE),
        ("http://a.example/aB3x", "https://b.example/", Way.ELSEWHERE),
        ("http://a.example/", "https://b.example/", Way.ELSEWHERE),
        ("http://a.example/x/y", "http://a.example/?pgv_ref=404&utm_source=x", Way.FRONT_PAGE),
        ("http://a.example/x/y", "http://a.example/en/index.html", Way.FRONT_PAGE),
        ("http://a.example/x/y", "http://a.example/?p=123", Way.ELSEWHERE),
        ("http://a.example/x/y", "http://a.example/showcaptcha?s=1", Way.GATE),
        ("http://a.example/captcha/y", "http://a.example/captcha/z", Way.ELSEWHERE),
        ("http://a.example/x/y", "http://a.example/password", Way.GATE),
        ("http://a.example/x/y", "https://a.example/z", Way.ELSEWHERE),
        ("http://a.example/x", "https://a.example/login?next=/x", Way.GATE),
        ("http://a.example/x", "https://consent.b.example/m?continue=x", Way.GATE),
        ("http://a.example/login", "https://a.example/signin", Way.ELSEWHERE),
        ("http://a.example/x", None, Way.DIRECT),
        ("http://a.example/x/y", "http://a.example/age?return=/x/y", Way.GATE),
        (
            "http://a.example/x/y",
            "https://visit.b.example/?url=http%3A%2F%2Fa.example%2Fx%2Fy",
            Way.GATE,
        ),
        ("http://a.example/x/y", "http://a.example/404?from=/x/y", Way.ELSEWHERE),
        ("http://a.example/x/y", "http://a.example/error?url=/x/y", Way.ELSEWHERE),
        ("http://a.example/x?url=/a", "http://a.example/y?url=/x", Way.ELSEWHERE),
        ("http://a.example/x", "http://a.example/x?lang=zh", Way.SAME_THING),
        ("http://a.example/x?id=1", "http://www.a.example/x?id=1&s=2", Way.SAME_THING),
        ("http://a.example/x?id=1", "http://a.example/x?s=2", Way.ELSEWHERE),
    ],
)
def test_the_way_of_redirects(asked: str, final: str | None, way: Way) -> None:
    assert way_of(asked, final) is way


def test_error_pages_are_known_by_their_names() -> None:
    asked = "http://a.example/x"
    for place in (
        "/404",
        "/404.html",
        "/error/404",
        "/page-not-found",
        "/notfound/",
        "/error.aspx",
    ):
        assert leads_to_error_page(asked, f"http://a.example{place}"), place
    for place in ("/404-errors-explained", "/peugeot/404-coupe", "/terror", "/x"):
        assert not leads_to_error_page(asked, f"http://a.example{place}"), place
    assert not leads_to_error_page("http://a.example/errors/404", "http://a.example/404")


def test_one_page_for_both_is_told_from_a_page_for_each() -> None:
    a, b = "http://a.example/x/1", "http://a.example/no-such-page"
    to = "https://b.example"
    assert same_place(a, f"{to}/", b, f"{to}/")
    assert same_place(a, f"{to}/404?from=/x/1", b, f"{to}/404?from=/no-such-page")
    assert not same_place(a, f"{to}/x/1", b, f"{to}/no-such-page")
    assert not same_place(a, f"{to}/?p=1", b, f"{to}/?p=2")
    assert not same_place(a, a, b, b)


def test_the_echoed_address_is_no_difference() -> None:
    one, other = "http://a.example/some/long-story-of-old", "http://a.example/no-such-page-0123"
    source = "Sorry, {} (long story of old) could not be found on a.example"
    first = groups_of(source.format("/some/long-story-of-old"), one)
    second = groups_of("Sorry, /no-such-page-0123 () could not be found on a.example", other)
    assert first == second
    assert "harbour" in without_echo("the harbour at /some", "http://a.example/some")


def test_near_same_and_not() -> None:
    settings = LiveSettings()
    menu = text("menu", 80)
    excuse = page("Sorry", f"{menu} Nothing is here")
    impossible = read(
        "http://a.example/no-such", "GET", reply(excuse, HTML, url="http://a.example/no-such")
    )
    for source, same in (
        (excuse, True),
        (page("Sorry", f"{menu} Nothing is here", "Today 12 readers"), False),
        (page("Parking", f"{menu} Only for guests of the house"), False),
        (page("Opening", menu), False),
    ):
        answer = read("http://a.example/x", "GET", reply(source, HTML, url="http://a.example/x"))
        compared = compare(answer, impossible, None)
        assert compared is not None
        assert same_answer(compared, settings) is same, source[-60:]


def test_a_title_in_the_page_is_kinship() -> None:
    assert (
        shares_words("Ministers meet on the harbour", "When ministers meet " + text("x", 80))
        is True
    )
    assert shares_words("Ministers meet on the hillside", text("unlike", 80)) is False
    assert shares_words("Ministers meet on the hillside", "on the " + text("x", 80)) is False
    assert shares_words("A cat sat on the mat", "on the " + text("x", 80)) is None
    assert shares_words("Ministers meet on the harbour", "too short to say") is None
    assert shares_words("News", text("x", 80)) is None
    assert shares_words("香港眾新聞停運公告", "香港眾新聞 " + text("x", 80)) is True
    assert shares_words("香港電車停運公告", "香港的政府 " + text("x", 80)) is False
    assert shares_words("香港電車停運公告", "香港電 " + text("x", 80)) is None


def test_pages_are_read_in_their_own_encoding() -> None:
    body = "<meta charset=gb2312><title>页面不存在</title>".encode("gb18030")
    assert read_page(reply(body, ("Content-Type", "text/html"))).title == "页面不存在"
    body = "<title>網頁</title>".encode("big5")
    assert read_page(reply(body, ("Content-Type", "text/html; charset=big5"))).title == "網頁"


@pytest.mark.parametrize(
    ("source", "onward"),
    [
        ('<meta http-equiv="refresh" content="0; url=/new">', "http://www.paper.example/new"),
        ("<META HTTP-EQUIV=Refresh CONTENT='3;URL=http://b.example/'>", "http://b.example/"),
        ('<meta http-equiv="refresh" content="0;https://b.example/x">', "https://b.example/x"),
        ('<meta http-equiv="refresh" content="300; url=/new">', None),
        ('<meta http-equiv="refresh" content="60">', None),
        ('<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript>', None),
        ('<meta http-equiv="refresh" content="0; url=/1999/story#top">', None),
    ],
)
def test_a_page_s_own_refresh(source: str, onward: str | None) -> None:
    assert read_page(reply(source, HTML, url=ASKED)).refresh == onward


@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/html; charset=x", ""]))
def test_no_bytes_break_the_reading(body: bytes, declared: str) -> None:
    answer = reply(body, ("Content-Type", declared), url=ASKED)
    signs(answer)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<script>",
        "<!--",
        "<title>",
        "<meta ",
        "&#",
        "&#9",
        "&#" + "9" * 5000,
        "<a ",
        "domain ",
        "域名",
        "cookie ",
        "page ",
        "subscribe to ",
        "subscribe to",
        "доступ к сайту ",
        "erişim",
        "لم ",
        "残り",
        "نه",
    ],
)
def test_hostile_pages_take_no_time(piece: str) -> None:
    answer = reply(piece * (400_000 // len(piece)), HTML, url=ASKED)
    signs(answer)  # the suite's own time limit is the proof


def test_phrases_are_sought_in_lower_case_and_quoted_as_they_stand() -> None:
    for known in (walls, lots, excuses):
        for pattern in (one for one in vars(known).values() if isinstance(one, re.Pattern)):
            plain = re.sub(r"\\.", "", pattern.pattern)
            assert plain == lowered(plain), pattern.pattern[:60]
    every = "".join(map(chr, range(0x20, 0x3000)))
    assert len(lowered(every)) == len(every)
    turkish = reply("<title>ERİŞİM ENGELLENMİŞTİR</title>", HTML, url=ASKED)
    assert [(one.kind, one.words) for one in signs(turkish)] == [(K.REGION, "ERİŞİM ENGELLEN")]
    shouted = reply("<p>THIS DOMAIN IS PARKED", HTML, url=ASKED)
    assert [(one.kind, one.words) for one in signs(shouted)] == [(K.PARKED, "DOMAIN IS PARKED")]


def test_actions_on_statuses() -> None:
    action = read_status_action(" 4XX:Warn ")
    assert (action.pattern, action.action) == ("4xx", Action.WARN)
    assert action.covers(404)
    assert not action.covers(500)
    assert read_status_action("999:skip").covers(999)
    for wrong in ("404", "404:", "44:ok", "4xxx:ok", "abc:ok", "404:fine", "404:wran", ":ok"):
        with pytest.raises(UsageError):
            read_status_action(wrong)
    with pytest.raises(UsageError, match="did you mean warn"):
        read_status_action("404:wran")
