"""Every host of the small web: honest ones, broken ones, and those that fool checkers."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

from tests.faults.server import Wire
from tests.web.lookalikes import LOOKALIKES
from tests.web.newcomers import NEWCOMERS
from tests.web.server import CLOSED, HALF, Asked, Host, Said, Script, Web, running
from tests.web.wordings import WORDINGS
from tests.web.words import page, story, text

MENU = "Home News Culture Sport About us Contact Archive Search Log in Subscribe Imprint Terms"
JPEG = Said(
    b"\xff\xd8\xff\xe0" + b"\x00" * 4000 + b"\xff\xd9", fields=("Content-Type: image/jpeg",)
)
NOT_FOUND = Said(page("Not found", "There is no such page on this server."), "404 Not Found")
SHELL = Said(
    page("App", head='<script src="/app.js"></script>').replace(
        "<h1>App</h1>", '<div id="root"></div><noscript>You need to enable JavaScript.</noscript>'
    )
)
FRAMED_SHELL = Said(
    page("Shop", text("footer", 90), head='<script src="/app.js"></script>', menu=MENU).replace(
        "<h1>Shop</h1>", '<div id="app" class="x"> </div>'
    )
)
CAPTCHA = Said(
    page(
        "One more step", "Please complete the captcha to go on.", '<div class="g-recaptcha"></div>'
    )
)
CONSENT = Said(
    page("Your choice", "Before you continue: we and our partners use cookies.", "Accept all")
)
LOGIN = Said(
    page("Welcome", "Please log in.", '<form><input name="u"><input type="password"></form>')
)


CLOSED_NOTICE = Said(page("Closed", "After ten years we have closed.", text("notice", 80)))


def to(place: str, status: str = "302 Found") -> Said:
    return Said("", status, (f"Location: {place}",))


def found(name: str) -> Said:
    return Said(story(name, menu=MENU))


def news(asked: Asked) -> Said:
    """A sound site: honest errors, and pages of every kind."""
    table: dict[str, Said] = {
        "/short": Said(page("Opening hours", "Open daily from nine to five.", menu=MENU)),
        "/removed": Said("gone", "410 Gone"),
        "/old-path": to("/article/1", "301 Moved Permanently"),
        "/temp": to("/article/2"),
        "/photo.jpg": JPEG,
        "/photo-page.jpg": found("gallery"),
        "/empty": Said(b""),
        "/refresh": Said(
            page("Moved", head='<meta http-equiv="refresh" content="0; url=/article/3">')
        ),
        "/errors-explained": Said(
            page("What a 404 not found error means", text("errors", 300), menu=MENU)
        ),
        "/slow": Said(story("slow"), seconds=0.3),
        "/legal": Said(page("Unavailable"), "451 Unavailable For Legal Reasons"),
        "/paid": Said(page("Subscribe"), "402 Payment Required"),
        "/members": Said(page("Members"), "401 Unauthorized"),
        "/private": Said(page("Forbidden"), "403 Forbidden"),
        "/account": to("/login?next=/account"),
        "/login": LOGIN,
        "/fault": Said(page("Oops"), "500 Internal Server Error"),
        "/busy": Said(page("Busy"), "503 Service Unavailable"),
        "/strange": Said("what?", "400 Bad Request"),
        "/circle": to("/circle/2"),
        "/circle/2": to("/circle"),
        "/dir": to("/dir/", "301 Moved Permanently"),
        "/dir/": found("directory"),
        "/casino-law": Said(
            page("Parliament debates casino law", text("law", 260) + " casino", menu=MENU)
        ),
        "/domain-prices": Said(
            page("Why this domain is for sale at a million", text("prices", 300), menu=MENU)
        ),
        "/cookies": Said(
            page("Recipe for cookies", "We use cookies on this site.", text("c", 90), menu=MENU)
        ),
        "/parked-cars": Said(
            page("Cars parked free on Sundays", text("cars", 130), menu=MENU + " buy a domain")
        ),
        "/latin": to("/caf\udce9"),
        "/caf%E9": found("coffee"),
        "/untyped": Said(story("untyped"), fields=()),
        "/dead-end": to("http://nobody.internal/"),
    }
    path = asked.path
    if path == "/head-no" and asked.method == "HEAD":
        return Said("", "405 Method Not Allowed")
    if path == "/head-lies" and asked.method == "HEAD":
        return Said("", "404 Not Found")
    if path.startswith("/endless"):
        return to(f"/endless?n={int(path.partition('=')[2] or 0) + 1}")
    if path.startswith(("/article/", "/head-")) or path == "/":
        return found(f"news {path}")
    return table.get(path.partition("?")[0], NOT_FOUND)


def soft(asked: Asked) -> Said:
    """200 for everything; what does not exist gets an excuse that names the address."""
    if asked.path in {"/", "/real", "/other", "/index.html"}:
        return found(f"soft {asked.path}")
    if asked.path == "/tiny":
        return Said(page("Parking", "Only for guests of the house.", menu=MENU))
    return Said(page("Sorry", f"We have nothing at {asked.path} for you.", text("soft"), menu=MENU))


def gallery(asked: Asked) -> Said:
    """200 for everything; real pages differ by their picture only."""
    picture = f'<img src="/pictures{asked.path}.jpg">' if asked.path.startswith("/photo/") else ""
    return Said(page("Gallery", text("gallery", 40), picture, menu=MENU))


def noisy(asked: Asked) -> Said:
    """The same, with other recommendations each time."""
    if asked.path in {"/", "/real"}:
        return found(f"noisy {asked.path}")
    others = text(f"turn {asked.turn}", 12)
    return Said(page("Hm", f"Nothing here. {text('noisy', 200)}", f"Try {others}.", menu=MENU))


def to_root(asked: Asked) -> Said:
    """What does not exist leads to the front page."""
    if asked.path in {"/", "/kept"}:
        return found(f"root {asked.path}")
    return to("/")


def to_error_page(asked: Asked) -> Said:
    if asked.path in {"/", "/real"}:
        return found(f"errors {asked.path}")
    if asked.path.startswith("/404.html"):
        return Said(page("Oh dear", "That did not work.", text("oh dear"), menu=MENU))
    return to(f"/404.html?from={asked.path}")


def expired_articles(asked: Asked) -> Said:
    """Honest errors; but old articles lead to the front page."""
    if asked.path.startswith("/2009/"):
        return to("/", "301 Moved Permanently")
    return found("expired") if asked.path in {"/", "/new"} else NOT_FOUND


def parked(asked: Asked) -> Said:
    return Said(
        page(
            asked.host,
            f"{asked.host} This domain may be for sale. Related searches: {asked.path}",
            head='<script src="//img.sedoparking.com/x.js"></script>',
        )
    )


def lander(asked: Asked) -> Said:
    if asked.path.startswith("/lander"):
        return Said(page("x", head="<script>window.park = 1</script>"))
    script = 'window.onload=function(){window.location.href="/lander"}'
    return Said(f"<!DOCTYPE html><html><head><script>{script}</script></head></html>")


def german_sale(asked: Asked) -> Said:
    return Said(
        page(f"{asked.host}", f"Die Domain {asked.host} steht zum Verkauf. Jetzt anfragen.")
    )


def chinese_sale(asked: Asked) -> Said:
    return Said(page("域名出售", f"您正在访问的域名可以转让 {asked.host} 联系我们 {asked.path}"))


def sent_to_parking(asked: Asked) -> Said:
    if asked.host.startswith("ww25."):
        return Said(page("Welcome", text(asked.path, 20)))
    return to(f"http://ww25.was.internal{asked.path}?subid1=1")


def casino(asked: Asked) -> Said:
    """A casino on an old newspaper's name, with honest errors for the newspaper's pages."""
    if asked.path == "/":
        words = "casino slots jackpot poker roulette bonus play win " * 20
        return Said(page("Best Online Casino and Slots 2026", words, "Play blackjack and baccarat"))
    return NOT_FOUND


def chinese_casino(asked: Asked) -> Said:
    words = "娱乐城 真人荷官 百家乐 老虎机 体育投注 六合彩 注册 开户 返水 " * 12
    return Said(page("澳门新葡京娱乐城-百家乐-老虎机", words, asked.path))


def reborn(asked: Asked) -> Said:
    """An old name under which somebody else now writes about something else, whatever is asked."""
    return Said(page(f"Garden tips {asked.path}", text("garden" + asked.path, 200), menu=MENU))


def shortener(asked: Asked) -> Said:
    if asked.path == "/abc":
        return to("https://news.internal/article/4", "301 Moved Permanently")
    return found("shortener") if asked.path == "/" else NOT_FOUND


def renamed(asked: Asked) -> Said:
    return to(f"https://newname.internal{asked.path}", "308 Permanent Redirect")


def newname(asked: Asked) -> Said:
    return found(asked.path) if asked.path in {"/", "/a", "/b"} else NOT_FOUND


def bought(_asked: Asked) -> Said:
    return to("https://bigcorp.internal/", "301 Moved Permanently")


def doi(asked: Asked) -> Said:
    place = f"https://journal.internal/article{asked.path.replace('/', '-')}"
    return to(place) if asked.path.startswith("/10.1000/") else NOT_FOUND


def spa(_asked: Asked) -> Said:
    return SHELL


def honest_spa(asked: Asked) -> Said:
    return SHELL if asked.path in {"/", "/view", "/list"} else NOT_FOUND


def challenge(_asked: Asked) -> Said:
    fields = ("Content-Type: text/html", "cf-mitigated: challenge", "Server: cloudflare")
    return Said(page("Just a moment..."), "403 Forbidden", fields)


def mute_challenge(_asked: Asked) -> Said:
    return Said(page("Just a moment...", "Checking your browser."), "503 Service Unavailable")


def consent_elsewhere(asked: Asked) -> Said:
    if asked.host.startswith("consent."):
        return CONSENT
    return to(f"https://consent.portal.internal/collect?continue={asked.path}")


def intranet(asked: Asked) -> Said:
    return LOGIN if asked.path.startswith("/signin") else to(f"/signin?r={asked.path}")


def visitors(asked: Asked) -> Said:
    """Everybody is led past a counter that would lead back, as weibo.com does it."""
    if asked.host.startswith("passport."):
        return Said(page("Visitor System", text("visitor", 30)))
    here = quote(f"https://{asked.host}{asked.path}", safe="")
    return to(f"https://passport.microblog.internal/visitor?entry=x&url={here}")


def wine(asked: Asked) -> Said:
    """An age gate."""
    if asked.path.startswith("/age"):
        return Said(page("Are you of age?", text("age", 60), "Yes", "No"))
    return to(f"/age?return={asked.path}")


def picky(asked: Asked) -> Said:
    """Good answers for browsers only."""
    if "Mozilla" in asked.agent:
        return found("picky")
    return Said(page("Access denied"), "403 Forbidden")


def region(_asked: Asked) -> Said:
    return Said(page("Sorry", "This content is not available in your country."))


def linkedin(_asked: Asked) -> Said:
    return Said("", "999 Request denied")


def rate(asked: Asked) -> Said:
    if asked.turn >= 5:
        return Said("slow down", "429 Too Many Requests")
    return (
        found(asked.path) if asked.path.startswith(("/p", "/ ")) or asked.path == "/" else NOT_FOUND
    )


def hanging_head(asked: Asked) -> Said | Script:
    if asked.method == "HEAD":
        return _silent
    return JPEG if asked.path.endswith(".jpg") else found(asked.path)


def cookie_circle(asked: Asked) -> Said:
    return to(asked.path)


def gbk(_asked: Asked) -> Said:
    body = page("提示信息", "抱歉，您访问的页面不存在或已被删除。").replace("utf-8", "gbk")
    return Said(body.encode("gbk"), fields=("Content-Type: text/html",))


def half(asked: Asked) -> Said:
    return found(asked.path)


def upgrade(asked: Asked) -> Said:
    if asked.scheme == "http":
        return to(f"https://{asked.host}{asked.path}", "301 Moved Permanently")
    return found(asked.path) if asked.path in {"/", "/a"} else NOT_FOUND


def www(asked: Asked) -> Said:
    if asked.host.startswith("www."):
        return found(asked.path) if asked.path in {"/", "/a"} else NOT_FOUND
    return to(f"https://www.{asked.host}{asked.path}", "301 Moved Permanently")


def german_front(asked: Asked) -> Said:
    return to("/de/") if asked.path == "/" else found("de") if asked.path == "/de/" else NOT_FOUND


def always(said: Said) -> Host:
    return lambda _asked: said


def _silent(wire: Wire) -> None:
    wire.until_left()


def _resets(wire: Wire) -> None:
    wire.reset()


def _garbled(wire: Wire) -> None:
    wire.send(b"SSH-2.0-OpenSSH_9.2p1\r\n")


# fmt: off
HOSTS: Mapping[str, Host] = {
    "news.internal":            news,
    "control.internal":         always(Said(story("control"))),
    "upgrade.internal":         upgrade,
    "bare.internal":            www,
    "www.bare.internal":        www,
    "tongues.internal":         german_front,
    "soft.internal":            soft,
    "gallery.internal":        gallery,
    "repairs.internal":        always(Said(page("Shop", "We are under maintenance."))),
    "noisy.internal":           noisy,
    "toroot.internal":          to_root,
    "errorpage.internal":       to_error_page,
    "expired.internal":         expired_articles,
    "lone-soft.internal":       always(Said(page("Page not found", text("lone"), menu=MENU))),
    "gbk.internal":             gbk,
    "spa.internal":             spa,
    "shop.internal":           always(FRAMED_SHELL),
    "honest-spa.internal":      honest_spa,
    "parked.internal":          parked,
    "lander.internal":          lander,
    "german.internal":          german_sale,
    "chinese.internal":         chinese_sale,
    "was.internal":             sent_to_parking,
    "ww25.was.internal":        sent_to_parking,
    "gazette.internal":         casino,
    "wanbao.internal":          chinese_casino,
    "reborn.internal":          reborn,
    "short.internal":           shortener,
    "oldname.internal":         renamed,
    "newname.internal":         newname,
    "bought.internal":          bought,
    "bigcorp.internal":         lambda asked: found("corp") if asked.path == "/" else NOT_FOUND,
    "doi.internal":             doi,
    "journal.internal":         lambda asked: found(asked.path),
    "cloud.internal":           challenge,
    "mute.internal":            mute_challenge,
    "captcha.internal":         always(CAPTCHA),
    "cookiewall.internal":      always(CONSENT),
    "portal.internal":          consent_elsewhere,
    "consent.portal.internal":  consent_elsewhere,
    "forum.internal":           always(LOGIN),
    "intranet.internal":        intranet,
    "microblog.internal":      visitors,
    "passport.microblog.internal": visitors,
    "wine.internal":           wine,
    "picky.internal":           picky,
    "region.internal":          region,
    "linked.internal":          linkedin,
    "rate.internal":            rate,
    "hanging.internal":         hanging_head,
    "cookies.internal":         cookie_circle,
    "dying.internal":           always(Said("down", "503 Service Unavailable")),
    "cleared.internal":         always(NOT_FOUND),
    "notice.internal":          always(CLOSED_NOTICE),
    "silent.internal":          lambda _asked: _silent,
    "reset.internal":           lambda _asked: _resets,
    "garbled.internal":         lambda _asked: _garbled,
    "half.internal":            half,
    "refused.internal":         half,
    "lone-refused.internal":    half,
    "expired-tls.internal":     always(found("expired tls")),
    "unsigned.internal":        always(found("unsigned")),
    "misnamed.internal":        always(found("misnamed")),
}
NOWHERE = {"refused.internal": CLOSED, "lone-refused.internal": CLOSED, "half.internal": HALF}
FAILING = frozenset({"servfail.internal"})
# fmt: on


def small_web(folder: Path) -> AbstractContextManager[Web]:
    """Run the whole web."""
    return running(
        {**HOSTS, **LOOKALIKES, **NEWCOMERS, **WORDINGS},
        folder,
        nowhere=NOWHERE,
        failing=FAILING,
        expired=frozenset({"expired-tls.internal"}),
        unsigned=frozenset({"unsigned.internal"}),
        misnamed=frozenset({"misnamed.internal"}),
    )
