"""Shapes of the web of 2024 to 2026: new walls, paywalls in many tongues, lots, vacant servers."""

import gzip
from collections.abc import Mapping
from urllib.parse import quote

from tests.faults.server import Wire
from tests.web.lookalikes import MENU, NOT_FOUND, always, beside, han, to
from tests.web.server import Asked, Host, Said, Script
from tests.web.words import page, story, text

SCRIPT = '<script src="/app.js"></script>'
TRACKED = f"{SCRIPT}<script>window.dataLayer=window.dataLayer||[];gtag('config','G-1')</script>"

# Walls against robots.
ANUBIS = Said(
    page(
        "Making sure you&#39;re not a bot!",
        "Loading...",
        "You are seeing this because the administrator of this website has set up Anubis to protect the server against the scourge of AI companies aggressively scraping websites.",
        head='<script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>',
    )
)
UNHEARD_OF = Said(
    page(
        "Un petit instant",
        "Nous préparons votre visite. Cela ne prend que quelques secondes.",
        head='<script>fetch("/~guard/solve").then(()=>location.reload())</script>',
    )
)
IMUNIFY = Said(
    page(
        "One moment, please...",
        "Please wait while your request is being verified...",
        head="<script>setTimeout(function(){document.forms[0].submit()},5000)</script>",
    )
)
F5 = Said(
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator."
    "<br><br>Your support ID is: 1839208402984029840<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>"
)
CLIENT_CHALLENGE = Said(
    page(
        "Client Challenge",
        "JavaScript is disabled in your browser. Please enable JavaScript to proceed.",
        "A required part of this site couldn’t load. This may be due to a browser extension, network issues, or browser settings.",
        head='<script src="/_fs-ch-1T1wmsGaOgGaSxcX/script.js"></script>',
    )
)
WALMART = Said(
    page(
        "Robot or human?",
        "Activate and hold the button to confirm that you’re human. Thank You!",
        "Try a different method. Terms of Use Privacy Policy",
        head=SCRIPT,
    )
)
WORDFENCE = Said(
    page(
        "Your access to this site has been limited by the site owner",
        "HTTP response code 503. If you think you have been blocked in error, contact the owner of this site for assistance.",
    ),
    "503 Service Unavailable",
)
ALIYUN_405 = Said(
    page("405", "很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。"),
    "405 Not Allowed",
)
JSL = Said(
    "<script>document.cookie=('_')+('_')+('jsl_clearance_s=1');location.href=location.pathname;__jsl_clearance</script>",
    "521 Unknown",
)
VERCEL = Said(
    page(
        "Vercel Security Checkpoint",
        "We're verifying your browser",
        "Enable JavaScript to continue",
    ),
    "403 Forbidden",
    ("Content-Type: text/html", "x-vercel-mitigated: challenge"),
)
DATADOME = Said(
    '<html lang="en"><head><title>site.internal</title></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p>'
    "<script data-cfasync=\"false\">var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script></body></html>",
    "403 Forbidden",
    ("Content-Type: text/html", "x-datadome: protected"),
)
GERMAN_ROBOT = Said(
    page("Sicherheitsüberprüfung", "Bitte bestätigen Sie, dass Sie ein Mensch sind.", head=SCRIPT)
)
JAPANESE_DENIAL = Said(page("アクセスが拒否されました", "お客様のアクセスは制限されています。"))


def siteground(asked: Asked) -> Said:
    if asked.path.startswith("/.well-known/sgcaptcha/"):
        return Said(
            page("Robot Challenge Screen", "Checking the site connection security", head=SCRIPT)
        )
    place = f"/.well-known/sgcaptcha/?r={quote(asked.path, safe='')}&y=ipc:1.2.3.4"
    return Said(
        f'<html><head><meta http-equiv="refresh" content="0;{place}"></meta></head></html>',
        "202 Accepted",
    )


def akamai_verify(asked: Asked) -> Said:
    place = f"{asked.path.partition('?')[0]}?bm-verify=AAQAAAAJ{asked.turn}"
    return Said(
        f'<html><head><title>&nbsp;</title><meta http-equiv="refresh" content="5; URL=\'{place}\'" /></head><body></body></html>'
    )


def yandex(asked: Asked) -> Said:
    if asked.path.startswith("/showcaptcha"):
        return Said(
            page(
                "Вы не робот?",
                "Подтвердите, что запросы отправляли вы, а не робот",
                "Нам очень жаль, но запросы с вашего устройства похожи на автоматические. Почему это могло произойти?",
                head=SCRIPT,
            )
        )
    return to("/showcaptcha?cc=1&mt=3F8A&retpath=aHR0cHM6Ly95YS5ydS8_&t=2/17&u=7b1f")


def douban(asked: Asked) -> Said:
    if asked.host.startswith("sec."):
        return Said(page("豆瓣", "载入中 ...", head=SCRIPT))
    return to(
        f"https://sec.douban.internal/c?r={quote(f'https://{asked.host}{asked.path}', safe='')}"
    )


def perfdrive(asked: Asked) -> Said:
    if asked.host.startswith("validate."):
        return Said(
            page(
                "Radware Page",
                "We apologize for the inconvenience. Your activity and behavior on this site made us think that you are a bot.",
                head=SCRIPT,
            )
        )
    here = quote(f"https://{asked.host}{asked.path}", safe="")
    return to(f"https://validate.perfdrive.internal/?ssa=9c1e&ssb=0123&ssc={here}&ssi=1")


# Paywalls: a teaser, and what it says below it.
def withheld(teaser: str, *words: str, title: str = "Council closes old bridge") -> Said:
    return Said(page(title, teaser, *words, menu=MENU, head=TRACKED))


PAYWALLS: Mapping[str, Said] = {
    "/p/substack": withheld(text("sub", 140), "This post is for paid subscribers", "Subscribe Already a paid subscriber? Sign in"),
    "/p/trial": withheld(text("trial", 120), "Keep reading with a 7-day free trial", "Subscribe to The Bridge to keep reading this post and get 7 days of free access to the full post archives."),
    "/p/ghost": withheld(text("ghost", 90), "This post is for subscribers only", "Become a member now and have access to all posts"),
    "/p/patreon": withheld(text("patreon", 30), "Join to unlock", "Get access to this post by becoming a member"),
    "/p/zeit": withheld(text("zeit", 80), "Jetzt weiterlesen mit Z+", "Bereits registriert? Hier anmelden", title="Die alte Brücke"),
    "/p/monde": withheld(text("monde", 110), "Il vous reste 83.85% de cet article à lire. La suite est réservée aux abonnés.", title="Le vieux pont"),
    "/p/pais": withheld(text("pais", 100), "Suscríbete para seguir leyendo", "Lee sin límites", title="El puente viejo"),
    "/p/asahi": withheld("古い橋が閉鎖された。" * 8, "この記事は有料記事です。残り1234文字 有料会員になると続きをお読みいただけます。", title="古い橋の閉鎖"),
    "/p/arabic": withheld("أغلق المجلس الجسر القديم أمام المرور " * 8, "هذا المحتوى للمشتركين فقط. اشترك لمتابعة القراءة", title="إغلاق الجسر القديم"),
    "/p/russian": withheld("Совет закрыл старый мост для движения до весны " * 8, "Материал доступен только по подписке. Оформите подписку, чтобы читать дальше.", title="Старый мост закрыт"),
    "/p/korean": withheld("시의회가 오래된 다리를 폐쇄했다. " * 10, "이 기사는 유료 구독자 전용입니다. 로그인 후 이용해 주세요.", title="오래된 다리 폐쇄"),
    "/p/dutch": withheld(text("dutch", 60), "Dit artikel is exclusief voor abonnees", "Verder lezen? Neem een abonnement", title="De oude brug"),
    "/p/password": withheld(text("locked", 20), "This content is password protected. To view it please enter your password below:", '<form><input type="password"></form>'),
    "/p/private": Said(page("Private Site", "This site is currently private. Log in to WordPress.com to request access.")),
    "/p/ft": Said(page("Subscribe to read | Financial Bridge", "Subscribe to unlock this article", "Try unlimited access. Only 1 for 4 weeks. Then 75 per month.", text("offers", 320))),
}  # fmt: skip

# Platforms.
YOUTUBE_FOOT = "About Press Copyright Contact us Creators Advertise Developers Terms Privacy Policy &amp; Safety How YouTube works Test new features © 2026 Google LLC"


def youtube(asked: Asked) -> Said:
    titles = {"/watch?v=here": "The old bridge", "/watch?v=lost": ""}
    if asked.path not in titles:
        return NOT_FOUND
    title = f"{titles[asked.path]} - YouTube"
    return Said(
        f'<!DOCTYPE html><html><head><title>{title}</title>{SCRIPT}</head><body dir="ltr"><ytd-app></ytd-app><div id="player"></div>'
        f"<script>var ytInitialPlayerResponse = {{}}</script><div>{YOUTUBE_FOOT}</div></body></html>"
    )


NOTION = Said(
    f'<!DOCTYPE html><html><head><title>Notion</title>{SCRIPT}</head><body class="notion-body"><noscript>JavaScript must be enabled in order to use Notion.</noscript>'
    '<div id="notion-app"></div></body></html>'
)
TIKTOK = Said(
    f'<!DOCTYPE html><html><head><title>Make Your Day</title>{SCRIPT}</head><body><div id="app"></div><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{{}}</script></body></html>'
)
BILIBILI = Said(
    page(
        "视频去哪了呢？_哔哩哔哩_bilibili",
        "啊叻？视频不见了？",
        "你输入的网址可能不正确",
        head=SCRIPT,
    )
)
MWEIBO = Said(page("微博-出错了", "微博不存在或暂无查看权限!", head=SCRIPT))
FACEBOOK_LOST = Said(
    page(
        "Facebook",
        "This content isn't available right now",
        "When this happens, it's usually because the owner only shared it with a small group of people, changed who can see it or it's been deleted.",
        "Go to Feed Go back Visit Help Center",
        head=SCRIPT,
    )
)
INSTAGRAM_LOST = Said(
    page(
        "Page not found • Instagram",
        "Sorry, this page isn't available.",
        "The link you followed may be broken, or the page may have been removed. Go back to Instagram.",
        head=SCRIPT,
    )
)


def shopify(asked: Asked) -> Said:
    if asked.path.startswith("/password"):
        return Said(
            page(
                "Bridge Books &ndash; Opening Soon",
                "Be the first to know when we launch.",
                "Enter store using password",
                head=SCRIPT,
            )
        )
    return to("/password")


def tumblr(asked: Asked) -> Said:
    if asked.host == "www.tumblr.internal":
        return Said(
            page("Tumblr", "This Tumblr is only viewable within the dashboard", text("tumblr", 30))
        )
    return to("https://www.tumblr.internal/login_required/bridge")


def wordpress_typo(asked: Asked) -> Said:
    if asked.host == "wordpress.internal.typo":
        return Said(
            page(
                "WordPress.com: Fast, Secure Managed WordPress Hosting",
                "bridgeblog.wordpress.com doesn’t exist",
                "Do you want to register it?",
                text("typo", 90),
            )
        )
    return to("https://wordpress.internal.typo/typo/?subdomain=bridgeblog")


def korean_paper(asked: Asked) -> Said:
    if asked.path == "/":
        return Said(story(asked.host, menu=MENU))
    if asked.path.startswith("/news/lost"):
        return Said("<script>alert('존재하지 않는 기사입니다.');history.back();</script>")
    if asked.path.startswith("/news/home"):
        return Said("<html><head><script>location.href='/';</script></head><body></body></html>")
    return NOT_FOUND


# Excuses with status 200, long ones of many tongues: only their titles tell.
EXCUSES = {
    "arabic": "الصفحة غير موجودة",
    "turkish": "Sayfa bulunamadı",
    "vietnamese": "Không tìm thấy trang",
    "thai": "ไม่พบหน้าที่คุณต้องการ",
    "greek": "Η σελίδα δεν βρέθηκε",
    "czech": "Stránka nenalezena",
    "hungarian": "Az oldal nem található",
    "swedish": "Sidan hittades inte",
    "finnish": "Sivua ei löytynyt",
    "danish": "Siden blev ikke fundet",
    "hebrew": "העמוד לא נמצא",
    "persian": "صفحه مورد نظر یافت نشد",
    "indonesian": "Halaman tidak ditemukan",
    "ukrainian": "Сторінку не знайдено",
    "romanian": "Pagina nu a fost găsită",
    "french": "Cette page n’existe pas",
    "russian": "Запрашиваемая страница не существует",
    "japanese": "お探しのページは見つかりませんでした",
    "german": "Dieser Artikel ist nicht mehr verfügbar",
    "chinese": "您访问的页面不存在或已删除",
}
ENCODINGS = {
    "arabic": "windows-1256",
    "russian": "windows-1251",
    "japanese": "shift_jis",
    "turkish": "windows-1254",
}


def excuse(tongue: str) -> Host:
    """A site that answers all but its front page with one long excuse."""
    encoding = ENCODINGS.get(tongue, "utf-8")
    body = page(
        f"{EXCUSES[tongue]} | The Bridge", text(f"most read {tongue}", 140), menu=MENU, head=TRACKED
    )
    said = Said(
        body.replace("utf-8", encoding).encode(encoding, "replace"),
        fields=("Content-Type: text/html",),
    )
    return lambda asked: Said(story(asked.host, menu=MENU)) if asked.path == "/" else said


def related(asked: Asked) -> Said:
    """An excuse, and below it what else there is to read."""
    if asked.path == "/":
        return Said(story("related", menu=MENU))
    return Said(
        page(
            "Artikel nicht mehr da - Die Brücke", text("meistgelesen", 420), menu=MENU, head=TRACKED
        )
    )


def searching(asked: Asked) -> Said:
    """What is missing leads to the search for its words."""
    path, _, query = asked.path.partition("?")
    if path == "/":
        return Said(story("searching", menu=MENU))
    if path == "/search":
        words = query.partition("=")[2].replace("+", " ")
        return Said(
            page(
                "Search",
                f"Your search for {words} had no results.",
                text("try these", 80),
                menu=MENU,
            )
        )
    last = asked.path.rstrip("/").rpartition("/")[2]
    return to(f"/search?q={last.replace('-', '+')}")


def counting_home(asked: Asked) -> Said:
    """Old articles lead to the front page, with a note for its statistics; nonsense is honest."""
    ends = {"/a/20140501/000123.htm": "/?pgv_ref=404", "/a/20140502/000124.htm": "/en/index.html"}
    if asked.path in {"/", "/?pgv_ref=404", "/en/index.html"}:
        return Said(story(asked.host, menu=MENU))
    return to(ends[asked.path]) if asked.path in ends else NOT_FOUND


def owner(asked: Asked) -> Said:
    """Old articles lead to the front page of whoever bought the paper; nonsense is honest."""
    if asked.host == "holding.internal" or asked.path == "/":
        return Said(story(asked.host, menu=MENU)) if asked.path == "/" else NOT_FOUND
    return (
        to("https://holding.internal/", "301 Moved Permanently")
        if asked.path.startswith("/2009/")
        else NOT_FOUND
    )


def closed_titles(asked: Asked) -> Said:
    if asked.host == "group.internal":
        return Said(page("Our closed titles", text("closed titles", 160), menu=MENU, head=TRACKED))
    return to("https://group.internal/about/closed-titles", "301 Moved Permanently")


# Lots.
LANDER = Said(
    '<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander?oref=x"}</script></head></html>'
)
HOSTINGER = Said(
    page(
        "Parked Domain name on Hostinger DNS system",
        "Buy website hosting",
        text("hosting", 130),
        head=TRACKED,
    )
)
SEDO_GERMAN = Said(
    page(
        "bruecke.internal steht zum Verkauf",
        "Diese Webseite steht zum Verkauf!",
        "bruecke.internal ist die beste Quelle für alle Informationen die Sie suchen.",
        head='<script src="https://img.sedoparking.com/js/jquery.js"></script>',
    )
)
ATOM = Said(
    page(
        "bridge.internal",
        "The domain name bridge.internal is available for purchase.",
        "Get this domain. Lease to own. Buyer protection program.",
        "Questions? Talk to a domain expert.",
        head=TRACKED,
    )
)
FRESH_REGISTRATION = Said(
    page(
        "bridge.internal - registered",
        "This domain name has been registered with Gandi.net.",
        "View the WHOIS results to get the domain’s public registration information.",
    )
)
JUST_HOSTED = Said(
    page("Site en construction", "Félicitations ! Votre domaine a bien été créé chez OVHcloud !")
)
COOKIE_LOT = Said(
    page(
        "bridge.internal",
        "Related searches: News Insurance Loans",
        "We and our partners use cookies. Accept all Manage options",
        head='<script src="//img.sedoparking.com/x.js"></script>',
    )
)


def refresh_header(asked: Asked) -> Said:
    """Leads on by a field of the head, as old servers and lots do."""
    places = {"/old": "/new", "/lot": "http://ww12.refreshed.internal/?sub=1", "/olden": "/"}
    if asked.path in places:
        fields = ("Content-Type: text/html", f"Refresh: 0; url={places[asked.path]}")
        return Said(page("Moving", text("moving", 90)), fields=fields)
    return (
        Said(story(asked.host + asked.path, menu=MENU))
        if asked.path in {"/", "/new"}
        else NOT_FOUND
    )


# Casinos.
SLOTS = "slot gacor maxwin togel situs judi slot88 rtp live sbobet taruhan jackpot daftar login bonus new member "
TURKISH = "deneme bonusu veren siteler bahis casino rulet slot bahis siteleri canlı casino bonus çevrimsiz poker jackpot "
VIETNAMESE = "nhà cái uy tín cá cược bóng đá nổ hũ xóc đĩa tài xỉu casino slot đăng ký nhận thưởng "
THAI = "สล็อต บาคาร่า คาสิโน แทงบอล เว็บตรง casino jackpot "


def clone(asked: Asked) -> Said:
    """A casino in the clothes of the paper: its title and menu, and other words."""
    return Said(
        page(
            "The Daily Bridge | News, Politics, Culture",
            SLOTS * 14,
            asked.path,
            menu=MENU,
            head=TRACKED,
        )
    )


def clone_with_errors(asked: Asked) -> Said:
    """The same, but some of the paper's addresses are used for slots, and nonsense is honest."""
    if asked.path == "/" or asked.path.startswith("/news/"):
        return Said(
            page(
                "The Daily Bridge | News, Politics, Culture",
                SLOTS * 14,
                asked.path,
                menu=MENU,
                head=TRACKED,
            )
        )
    return NOT_FOUND


def gaming_press(asked: Asked) -> Said:
    """A trade paper of gambling, which lets robots see its front page only."""
    if asked.path == "/":
        words = "casino betting slots poker sportsbook jackpot regulators operators "
        return Said(
            page("Casino and betting business news", words * 10 + text("trade", 120), menu=MENU)
        )
    if asked.path.startswith("/no-such"):
        return NOT_FOUND
    return Said(page("Forbidden"), "403 Forbidden")


# Networks that answer in the place of a host.
RUSSIAN_BLOCK = Said(
    page(
        "Доступ ограничен",
        "Доступ к информационному ресурсу ограничен на основании Федерального закона от 27 июля 2006 г. № 149-ФЗ «Об информации»",
    )
)
TURKISH_BLOCK = Said(
    page("Erişim engeli", "Bu internet sitesine erişim 5651 sayılı Kanun uyarınca engellenmiştir.")
)
INDIAN_BLOCK = Said(
    "<html><head><title></title></head><body><p>The website has been blocked as per order of Ministry of Electronics and Information Technology under IT Act, 2000.</p></body></html>"
)
FORTINET = Said(
    page(
        "Web Page Blocked",
        "FortiGuard Intrusion Prevention - Access Blocked",
        "Web Page Blocked. You have tried to access a web page that is in violation of your Internet usage policy.",
        "Category: Newly Registered Domain",
    )
)
EUROPEAN_BLOCK = Said(
    page(
        "The Bridge County Gazette",
        "We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore access cannot be granted at this time.",
    )
)


def korean_block(asked: Asked) -> Said:
    if asked.host == "www.warning.internal":
        return Said(
            page(
                "불법·유해 정보(사이트)에 대한 차단 안내",
                "불법·유해 정보(사이트)에 대한 차단 안내. 지금 접속하려고 하는 정보(사이트)에서 불법·유해 내용이 제공되고 있어 해당 정보(사이트)에 대한 접속이 차단되었음을 알려드립니다.",
            )
        )
    return to("http://www.warning.internal/")


# Vacant servers at an old front door.
VACANT: Mapping[str, Said] = {
    "vacant-apache.internal": Said("<html><body><h1>It works!</h1></body></html>"),
    "vacant-ubuntu.internal": Said(page("Apache2 Ubuntu Default Page: It works", "This is the default welcome page used to test the correct operation of the Apache2 server after installation on Ubuntu systems.", text("configuration", 300))),
    "vacant-iis.internal": Said('<!DOCTYPE html><html><head><title>IIS Windows Server</title></head><body><div id="container"><a href="http://go.microsoft.com/fwlink/?linkid=66138"><img src="iisstart.png" alt="IIS"></a></div></body></html>'),
    "vacant-nginx.internal": Said(page("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed and working. Further configuration is required.")),
    "vacant-cpanel.internal": Said(page("Default Web Site Page", "SORRY! If you are the owner of this website, please contact your hosting provider: webmaster@vacant-cpanel.internal", "It is possible you have reached this page because: The IP address has changed.", text("dns", 60))),
    "vacant-suspended.internal": Said(page("Account Suspended", "This Account has been suspended. Contact your hosting provider for more information.")),
    "vacant-plesk.internal": Said(page("Web Server's Default Page", "This page is generated by Plesk, the leading hosting automation software. You see this page because there is no Web site at this address.")),
    "vacant-soon.internal": Said(page("Coming Soon", "Our new website is coming soon. Stay tuned!")),
}  # fmt: skip


def vacant(said: Said) -> Host:
    """A server at which nobody has put a site: its own page in front, and honest errors."""
    return lambda asked: said if asked.path == "/" else NOT_FOUND


# Good pages that talk like bad ones, or come in odd clothes.
CMP = '<div id="onetrust-consent-sdk"><p>We and our 842 partners store and/or access information on a device.</p><button>Accept all</button> <button>Reject all</button> <button>Manage options</button></div>'
BRIEF = Said(page("Ferry fares rise on Monday", text("ferry", 48), CMP, menu="Home News Sport"))
COOKIE_404 = Said(
    page("Not here", "We looked, and it is not on this server.", CMP), "404 Not Found"
)
LOGIN_404 = Said(
    page(
        "Not here",
        "No such topic.",
        '<form>User <input name="u"> Password <input type="password"></form>',
    ),
    "404 Not Found",
)
HEAVY = f"<script>{'var x=1;' * 3_000}</script><style>{'.a{color:red}' * 20_000}</style>"
NOT_FOUND_TALE = Said(
    page("Not found: the lost bridge of the north", text("expedition", 180), menu=MENU)
)


def heavy(asked: Asked) -> Said:
    """A modern paper, whose pages begin with a quarter of a megabyte for the browser."""
    if asked.path.startswith("/story/"):
        return Said(page(f"Report on {asked.path}", text(asked.path, 300), menu=MENU, head=HEAVY))
    if asked.path == "/withheld/1":
        return Said(
            page(
                "Report withheld",
                text("heavy teaser", 80),
                "This article is for subscribers only.",
                menu=MENU,
                head=HEAVY,
            )
        )
    return Said(story(asked.host, menu=MENU)) if asked.path == "/" else NOT_FOUND


def scruffy_tales(asked: Asked) -> Said:
    """A site with a good answer for everything, and an article that is called like an excuse."""
    table = {"/": Said(story("tales", menu=MENU)), "/tales/north": NOT_FOUND_TALE}
    return table.get(asked.path, Said(page("Tales of Bridges", text("tales", 30), menu=MENU)))


def _endless(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + story("endless").encode())
    for _ in range(600):
        wire.send(b"<p>" + text("on and on", 600).encode() + b"</p>")


def _stalling(wire: Wire) -> None:
    wire.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n<html><head><title>Story"
    )
    wire.until_left()


def _ancient(wire: Wire) -> None:
    wire.send(b"<html><body>No head, HTTP/0.9</body></html>")


def odd(asked: Asked) -> Said | Script:
    """Statuses, types and encodings that lie."""
    statuses = {
        "/s203": "203 Non-Authoritative Information", "/s226": "226 IM Used", "/s418": "418 I'm a teapot",
        "/s420": "420 Enhance Your Calm", "/s425": "425 Too Early", "/s520": "520 Web Server Returned an Unknown Error",
        "/s522": "522 Connection Timed Out", "/s526": "526 Invalid SSL Certificate", "/s530": "530 Origin DNS Error",
        "/s409": "409 Conflict", "/s423": "423 Locked", "/s444": "444 No Response", "/s600": "600 What",
    }  # fmt: skip
    if asked.path in statuses:
        return Said(story(asked.path, menu=MENU), statuses[asked.path])
    scripts = {"/endless": _endless, "/stalling": _stalling, "/ancient": _ancient}
    if asked.path in scripts:
        return scripts[asked.path]
    table = {
        "/s204": Said(b"", "204 No Content"),
        "/s205": Said(b"", "205 Reset Content"),
        "/s202": Said(b"", "202 Accepted"),
        "/gzip-lie": Said(story("plain", menu=MENU), fields=("Content-Type: text/html", "Content-Encoding: gzip")),
        "/gzip-cut": Said(gzip.compress(story("cut", menu=MENU).encode())[:-40], fields=("Content-Type: text/html", "Content-Encoding: gzip")),
        "/charset-lie": Said(page("舊橋重開", han("lie", 300), menu=MENU).encode("big5", "replace"), fields=("Content-Type: text/html; charset=utf-8",)),
        "/pdf-as-html": Said(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40),
        "/html-as-octets": Said(story("octets", menu=MENU), fields=("Content-Type: application/octet-stream",)),
        "/json": Said('{"headline": "Old bridge closed"}', fields=("Content-Type: application/json",)),
    }  # fmt: skip
    if asked.path in table:
        return table[asked.path]
    return Said(story(asked.host, menu=MENU)) if asked.path == "/" else NOT_FOUND


def chinese_farm(asked: Asked) -> Said:
    """A new owner who writes of other things, in the same language."""
    if asked.path.startswith("/no-such"):
        return NOT_FOUND
    return Said(
        page(
            f"養生秘訣 {asked.path}",
            han(asked.path, 120),
            "香港 新聞 市民 政府 "
            + "每日步行三十分鐘有助睡眠，早餐宜多吃蔬果，醫生建議少吃多餐，香港市民可到政府公園散步。"
            * 6,
            menu=MENU,
        )
    )


def english_farm(asked: Asked) -> Said:
    """The same in English, whose little words are everywhere."""
    if asked.path.startswith("/no-such"):
        return NOT_FOUND
    return Said(
        page(
            f"Ten tips {asked.path}",
            f"The best of the garden in the spring, on the terrace and at the end of the path. {text('tips' + asked.path, 200)}",
            menu=MENU,
        )
    )


# fmt: off
NEWCOMERS: Mapping[str, Host] = {
    "anubis.internal": always(ANUBIS), "lone-anubis.internal": always(ANUBIS),
    "unheard.internal": always(UNHEARD_OF), "lone-unheard.internal": always(UNHEARD_OF),
    "imunify.internal": always(IMUNIFY), "f5.internal": always(F5), "lone-f5.internal": always(F5),
    "client.internal": always(CLIENT_CHALLENGE), "human.internal": always(WALMART),
    "fence.internal": always(WORDFENCE), "aliyun.internal": always(ALIYUN_405), "jsl.internal": always(JSL),
    "checkpoint.internal": always(VERCEL), "datadome.internal": always(DATADOME),
    "mensch.internal": always(GERMAN_ROBOT), "kyohi.internal": always(JAPANESE_DENIAL),
    "ground.internal": siteground, "verify.internal": akamai_verify, "yandex.internal": yandex,
    "book.douban.internal": douban, "sec.douban.internal": douban,
    "drive.internal": perfdrive, "validate.perfdrive.internal": perfdrive,
    "letters.internal": beside(PAYWALLS),
    "tube.internal": youtube, "notes.internal": always(NOTION), "tok.internal": always(TIKTOK),
    "bili.internal": beside({"/video/BV1": BILIBILI}), "m.weibo.internal": beside({"/status/1": MWEIBO}),
    "fb.internal": beside({"/posts/1": FACEBOOK_LOST}), "gram.internal": beside({}, INSTAGRAM_LOST),
    "books.internal": shopify, "bridge.tumblr.internal": tumblr, "www.tumblr.internal": tumblr,
    "bridgeblog.internal": wordpress_typo, "wordpress.internal.typo": wordpress_typo,
    "chosun.internal": korean_paper,
    **{f"{tongue}-excuse.internal": excuse(tongue) for tongue in EXCUSES},
    "related.internal": related, "lone-related.internal": related,
    "searching.internal": searching, "counting.internal": counting_home,
    "sold.internal": owner, "holding.internal": owner, "shut.internal": closed_titles, "group.internal": closed_titles,
    "landing.internal": always(LANDER), "hostinger.internal": always(HOSTINGER), "sedo.internal": always(SEDO_GERMAN),
    "atom.internal": always(ATOM), "gandi.internal": always(FRESH_REGISTRATION), "ovh.internal": always(JUST_HOSTED),
    "cookielot.internal": always(COOKIE_LOT), "refreshing.internal": refresh_header,
    "clone.internal": clone, "lone-clone.internal": clone, "daily.internal": clone_with_errors,
    "bahis.internal": always(Said(page("Deneme Bonusu Veren Siteler 2026 - Bahis ve Casino", TURKISH * 12))),
    "nhacai.internal": always(Said(page("Nhà cái uy tín - Cá cược bóng đá", VIETNAMESE * 12))),
    "thai.internal": always(Said(page("สล็อตเว็บตรง บาคาร่า คาสิโน", THAI * 16))),
    "gaming.internal": gaming_press,
    "rkn.internal": always(RUSSIAN_BLOCK), "btk.internal": always(TURKISH_BLOCK), "dot.internal": always(INDIAN_BLOCK),
    "forti.internal": always(FORTINET), "county.internal": always(EUROPEAN_BLOCK),
    "kcsc.internal": korean_block, "www.warning.internal": korean_block,
    **{host: vacant(said) for host, said in VACANT.items()},
    "briefs.internal": beside({"/ferry": BRIEF, "/tale": NOT_FOUND_TALE}),
    "lone-brief.internal": beside({"/ferry": BRIEF}), "eu404.internal": beside({}, COOKIE_404), "board404.internal": beside({}, LOGIN_404),
    "heavy.internal": heavy, "lone-heavy.internal": heavy, "tales.internal": scruffy_tales,
    "odd.internal": odd, "xn--brcke-lva.internal": beside({}),
    "farm.internal": chinese_farm, "garden.internal": english_farm,
}
# fmt: on
