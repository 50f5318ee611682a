"""Shapes of the real web, each as its server sends it: walls, lots, shells, excuses, and pages."""

import gzip
from collections.abc import Mapping

from tests.web.server import Asked, Host, Said
from tests.web.words import page, story, text

NOT_FOUND = Said(page("Not found", "There is no such page on this server."), "404 Not Found")
MENU = "Home News Culture Sport About us Contact Archive Search Log in Subscribe Imprint Terms"
HAN = "政府今日公布新安排市民普遍歡迎記者昨天在現場看到大批居民排隊等候工作人員表示會盡快處理問題學校將於下周復課"


def han(name: str, count: int = 400) -> str:
    """Return Chinese text of its own."""
    start = sum(map(ord, name))
    signs = [HAN[(start * 7 + place * place + 3 * place) % len(HAN)] for place in range(count)]
    return "".join(sign + ("，" if place % 19 == 18 else "") for place, sign in enumerate(signs))


def to(place: str, status: str = "302 Found", *fields: str, body: str = "") -> Said:
    return Said(body, status, (f"Location: {place}", "Content-Type: text/html", *fields))


def always(said: Said) -> Host:
    return lambda _asked: said


def beside(pages: Mapping[str, Said], other: Said = NOT_FOUND) -> Host:
    """A sound site with a front page and some pages of one's own."""

    def host(asked: Asked) -> Said:
        if asked.path == "/":
            return Said(story(asked.host, menu=MENU))
        if asked.path.startswith("/story/"):
            return Said(story(asked.host + asked.path, menu=MENU))
        return pages.get(asked.path.partition("?")[0], other)

    return host


# Excuses with status 200.
WIDGETS = (
    "<aside>Recent Posts Hello world Recent Comments Archives Categories Meta Entries feed "
    f"Comments feed WordPress.org {text('widgets', 60)}</aside>"
)
WORDPRESS = Said(
    page(
        "Page not found &#8211; The Daily Bridge",
        "It looks like nothing was found at this location. Maybe try a search?",
        '<form role="search"><input type="search"></form>',
        menu=MENU + WIDGETS,
    )
)
EXPIRED_SITE = Said(
    page(
        "Website Expired",
        "This account has expired. If you are the site owner, click below to login.",
        "Login",
    )
)
SUSPENDED = Said(
    page(
        "Account Suspended",
        "This Account has been suspended.",
        "Contact your hosting provider for more information.",
    )
)
NGINX = Said(
    page(
        "Welcome to nginx!",
        "If you see this page, the nginx web server is successfully installed and working. Further configuration is required.",
    )
)
DATABASE = Said(page("Database Error", "Error establishing a database connection"))
FATAL = Said(
    "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in /home/www/index.php:12 Stack trace: #0 {main} thrown in <b>/home/www/index.php</b> on line <b>12</b>"
)
CLOSED = Said(
    page("服務終止通知", "雅虎奇摩部落格已於 2013 年 12 月 26 日停止服務，感謝您多年來的支持。")
)


def wechat(asked: Asked) -> Said:
    if asked.path == "/s/deleted":
        return Said(page("", '<div class="weui-msg">该内容已被发布者删除</div>'))
    if asked.path == "/s/limits":
        return Said(page("", "环境异常", "当前环境异常，完成验证后即可继续访问。", "去验证"))
    if asked.path == "/s/story":
        return Said(page("文章", han("wechat")))
    return Said(page("", '<div class="weui-msg">参数错误</div>'))


# Programs that need a browser.
def wix(asked: Asked) -> Said:
    state = "x" * 3000
    return Said(
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bridge Club</title>'
        f'<script src="https://static.parastorage.com/a.js"></script><script>var s="{state}{asked.path}"</script></head>'
        '<body><div id="SITE_CONTAINER"></div></body></html>'
    )


def twitter(_asked: Asked) -> Said:
    return Said(
        '<!DOCTYPE html><html dir="ltr" lang="en"><head><meta charset="utf-8" /><script src="https://abs.twimg.com/main.js"></script></head>'
        "<body><noscript><h1>JavaScript is not available.</h1><p>We’ve detected that JavaScript is disabled in this browser.</p></noscript>"
        f'<div id="react-root" style="height:100%;display:flex;"></div><script>{"window.x=1;" * 400}</script></body></html>'
    )


def script_away(asked: Asked) -> Said:
    if asked.path == "/old":
        return Said(
            '<html><head><script>window.location.replace("https://elsewhere.example/new")</script></head><body></body></html>'
        )
    return Said(story(asked.host, menu=MENU)) if asked.path == "/" else NOT_FOUND


# Walls.
FACEBOOK = Said(
    '<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>登入 Facebook</title></head><body><div>Facebook</div>'
    "<div>你必須登入才能繼續。</div><div>登入 Facebook</div><form><input name=email><input type=password name=pass>"
    "<button>登入</button></form><a>忘記帳號？</a><a>註冊 Facebook</a><div>中文(台灣) English (US) 日本語 한국어 ภาษาไทย Tiếng Việt Español Português(Brasil)"
    " Français (France) Deutsch Italiano 註冊 登入 Messenger Facebook Lite 影片 地點 遊戲 Marketplace Meta Pay Meta 商店 Meta Quest Instagram"
    " Threads 募款活動 服務項目 選民資訊中心 隱私政策 隱私中心 社團 關於 建立廣告 建立粉絲專頁 開發人員 工作機會 Cookie Ad Choices 服務條款 使用說明"
    " 上傳聯絡人和非用戶 設定 動態紀錄 Meta © 2026</div></body></html>"
)
MEMBERS_STORY = Said(
    page(
        "Why bridges fall | by A. Writer | Medium",
        text("teaser", 70),
        "Member-only story",
        "The author made this story available to Medium members only. If you’re new to Medium, create a new account to read this story on us.",
        "Continue in app",
        "Or, continue in mobile web",
        "Sign up with Google",
        "Already have an account? Sign in",
    )
)
PAYWALL = Said(
    page(
        "Council to close old bridge",
        text("lead", 80),
        "This article is for subscribers. Subscribe now to keep reading.",
        "Already a subscriber? Log in.",
        menu=MENU,
    )
)
UNLOCK = Said(
    page(
        "Subscribe to read | The Ledger",
        "Subscribe to unlock this article",
        "Try unlimited access Only $1 for 4 weeks Then $75 per month.",
        text("offers", 60),
    )
)
CHINESE_PAYWALL = Said(
    page("議會討論舊橋去向", han("lead", 90), "此為會員專享內容，請訂閱後繼續閱讀。")
)
CLOUDFLARE_1020 = Said(
    page(
        "Access denied | site.internal used Cloudflare to restrict access",
        "Error 1020 Ray ID: 7d",
        "What happened? This website is using a security service to protect itself from online attacks.",
    ),
    "403 Forbidden",
)
CLOUDFLARE_BLOCK_200 = Said(
    page(
        "Attention Required! | Cloudflare",
        "Sorry, you have been blocked. You are unable to access site.internal",
        text("why", 80),
    )
)
AKAMAI = Said(
    '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don\'t have permission to access "http&#58;&#47;&#47;www&#46;site&#46;internal&#47;" on this server.<P>\nReference&#32;&#35;18&#46;1f2d1602&#46;1&#46;2\n</BODY>\n</HTML>\n'
)
IMPERVA = Said(
    '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1&incident_id=1-2&edet=12&cinfo=04000000&rpinfo=0" frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>'
)
IMPERVA_SCRIPT = Said(
    '<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=5074a744e2e3d891814e9a2dace20bd4"></script><body></body></html>'
)
SUCURI = Said(
    "<html><title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js='',S='cz0i';L=S.length;</script></html>"
)
PERIMETERX = Said(
    page(
        "Access to this page has been denied.",
        '<div id="px-captcha"></div>',
        "Press & Hold to confirm you are a human (and not a bot).",
    )
)
AMAZON = Said(
    page(
        "Amazon.com",
        "Enter the characters you see below",
        "Sorry, we just need to make sure you're not a robot. For best results, please make sure your browser is accepting cookies.",
    )
)
BAIDU = Said(page("百度安全验证", "网络不给力，请稍后重试", "返回首页 问题反馈"))
SINA = Said(
    '<!DOCTYPE html><html><head><meta http-equiv="Content-type" content="text/html; charset=gb2312"/><title>Sina Visitor System</title></head><body><span id="message"></span><script type="text/javascript" src="/js/visitor/mini_original.js?v=20161116"></script></body></html>'
)
TOO_OFTEN = Said(page("提示", "您的访问过于频繁，请稍后再试。"))
TOO_MANY = Said(
    page("Slow down", "Too many requests. You have exceeded the rate limit. Try again later.")
)
INVITED = Said(
    page(
        "Private blog",
        "This blog is open to invited readers only.",
        "It doesn't look like you have been invited to read this blog. If you think this is a mistake, you might want to contact the blog author and request an invitation.",
    )
)
UNFILED = Said(
    page(
        "网站暂时无法访问",
        "该网站未根据工信部相关法规完成备案，网站暂时无法访问。如果您是网站负责人，请尽快完成备案。",
    )
)
SOURCEPOINT = Said(
    page(
        "Wir und unsere Partner",
        "Mit Werbung weiterlesen: Besuchen Sie uns wie gewohnt mit Werbung und Tracking.",
        "Zustimmen und weiter",
        "Jetzt abonnieren",
        text("partner", 60),
    )
)
DUTCH_WALL = Said(page("DPG Media Privacy Gate", text("privacy", 90), "Akkoord Instellen"))


def linkedin(asked: Asked) -> Said:
    if asked.path.startswith("/authwall"):
        return Said(
            page(
                "Sign Up | Network",
                "Join now to see what you are missing. Agree & Join. Already on Network? Sign in.",
                text("join", 40),
            )
        )
    return to(
        f"/authwall?trk=gf&original_referer=&sessionRedirect=https%3A%2F%2F{asked.host}{asked.path.replace('/', '%2F')}"
    )


def google(asked: Asked) -> Said:
    if asked.host == "consent.google.com":
        return Said(page("Bevor Sie zu Google weitergehen", text("google", 120)))
    return to(
        f"https://consent.google.com/ml?continue=https://{asked.host}{asked.path}&gl=DE&m=0&pc=s&hl=de&src=1"
    )


def yahoo(asked: Asked) -> Said:
    if asked.host == "guce.yahoo.com":
        return to("https://consent.yahoo.com/v2/collectConsent?sessionId=3_cc-session_1")
    if asked.host == "consent.yahoo.com":
        return Said(page("Yahoo is part of the Yahoo family of brands", text("yahoo", 200)))
    return to(
        f"https://guce.yahoo.com/consent?gcrumb=x&trapType=login&done=https%3A%2F%2F{asked.host}%2F&lang=&inline=false"
    )


def dpg(asked: Asked) -> Said:
    if asked.host.startswith("myprivacy."):
        return DUTCH_WALL
    return to(
        f"https://myprivacy.dpg.internal/consent?siteKey=X&callbackUrl=https%3A%2F%2F{asked.host}%2Fprivacy-gate%2Faccept%3FredirectUri%3D{asked.path.replace('/', '%252F')}"
    )


def cookies(asked: Asked) -> Said:
    return to(f"https://{asked.host}{asked.path}", "302 Found", "Set-Cookie: seen=1; path=/")


# Lots.
BODIS = Said(
    '<!doctype html><html data-adblockkey="MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANDrp2lz7AOmADaN8tA50LsWcjLFyQFcb/P2Txc58oYOeILb3vBw7J6f4pamkAQVSQuqYsKx3YzdUHCvbVZvFUsCAwEAAQ==_x" lang="en"><head><meta charset="utf-8"></head><body><div id="target" style="opacity: 0"></div><script>window.park = "eyJ1dWlkIjoiMSJ9";</script><script src="/b.js"></script></body></html>'
)
PARKINGCREW = Said(
    '<!DOCTYPE html><html><head><title>bridge.internal</title><script src="//d38psrni17bvxu.cloudfront.net/scripts/js3.js"></script></head><body>Related Links Insurance Loans</body></html>'
)
GODADDY = Said(
    "<html><head><title>bridge.internal</title></head><body><p>This Web page is parked FREE, courtesy of GoDaddy.</p><p>Is this your domain? Let's turn it into a website!</p></body></html>"
)
RENEWAL = Said(
    page("域名已过期", "该域名已过期，请联系注册商续费。如需继续使用，请登录会员中心办理续费手续。")
)
RENEWAL_TRADITIONAL = Said(
    page("Expired", "此網域名稱已到期，如果您是此網域的擁有者，請儘速續費。")
)


def hugedomains(asked: Asked) -> Said:
    if asked.host == "www.hugedomains.com":
        return Said(page("BridgeNews.com is for sale | HugeDomains", text("why buy", 260)))
    return to("https://www.hugedomains.com/domain_profile.cfm?d=bridgenews.com")


def afternic(asked: Asked) -> Said:
    if asked.host == "www.afternic.com":
        return Said(page("Get a price in less than 24 hours", text("form", 100)))
    return to("https://www.afternic.com/forsale/lot.internal?utm_source=TDFS_DASLNC")


def script_casino(asked: Asked) -> Said:
    return Said(
        f"<html><head><meta charset='utf-8'><title>澳门新葡京官网-百家乐-老虎机-体育投注</title><script src='/tj.js'></script></head><body><h1>{asked.host}</h1><p>{'真人荷官 返水 娱乐城 下注 ' * 9}</p></body></html>"
    )


def section(asked: Asked) -> Said:
    """Old articles lead to their section; what never was is honestly missing."""
    if asked.path.startswith("/2009/"):
        return to("/news/", "301 Moved Permanently")
    if asked.path == "/amp/bridge":
        return to("/bridge", "301 Moved Permanently")
    found = {"/", "/news/", "/bridge"}
    return Said(story(asked.host + asked.path, menu=MENU)) if asked.path in found else NOT_FOUND


def refreshed_lot(asked: Asked) -> Said:
    if asked.host.startswith("ww12."):
        return Said(page("x", text("related", 30)))
    place = "http://ww12.refreshed.internal/?sub=1"
    return Said(f'<html><head><meta http-equiv="refresh" content="0;url={place}"></head></html>')


def restless(asked: Asked) -> Said:
    place = f"{asked.path.partition('?')[0]}?{asked.turn}"
    return Said(
        page("Loading", "Please wait", head=f'<meta http-equiv="refresh" content="0;url={place}">')
    )


def forum(asked: Asked) -> Said:
    """A board: honest errors for paths, excuses with status 200 for what its queries ask for."""
    table = {
        "/t.php?tid=1": Said(
            page("Old bridge", text("topic", 200), "You must be logged in to post.", menu=MENU)
        ),
        "/t.php?tid=2": Said(page("Information", "The requested topic does not exist.", menu=MENU)),
        "/t.php?tid=3": Said(page("提示信息", "抱歉，指定的主題不存在或已被刪除或正在被審核")),
        "/t.php?tid=4": Said(
            page("提示信息", "抱歉，本帖要求閱讀權限高於 10 才能瀏覽，您必須登錄")
        ),
    }
    return (
        Said(story("forum", menu=MENU)) if asked.path == "/" else table.get(asked.path, NOT_FOUND)
    )


CONSENT_200 = Said(
    page(
        "Privacy settings",
        "We value your privacy. We and our 842 partners store and/or access information on a device.",
        "Accept all Reject all Manage options",
        text("vendor", 40),
    )
)
AGE = Said(
    page("Age verification", "You must be 18 years or older to enter this site.", "Enter Exit")
)
BANNER = Said(
    page(
        "The bridge",
        text("banner", 300),
        '<div id="onetrust-banner-sdk">We use cookies. Accept All Cookies</div>',
        menu=MENU,
    )
)
FRAMES = Said(
    '<html><head><title>Old site</title><script>if(top!=self)top.location=self.location</script></head><frameset rows="80,*"><frame src="top.htm"><frame src="main.htm"></frameset></html>'
)
BIG5 = Said(
    page("舊橋重開", han("b5", 300)).replace("utf-8", "big5").encode("big5", "replace"),
    fields=("Content-Type: text/html",),
)
BIG5_EXCUSE = Said(
    page("找不到網頁", "您要找的網頁不存在。").replace("utf-8", "big5").encode("big5"),
    fields=("Content-Type: text/html",),
)
STOPPED = Said(page("立場新聞", "立場新聞即日起停止運作。"))


# Good pages that talk like bad ones.
CASINO_NEWS = Said(
    page(
        "Macau casino operators see slots and baccarat recover",
        " ".join(f"{text(f'casino {n}', 18)} casino" for n in range(12)),
        "Revenue from slots, baccarat, roulette and blackjack rose, betting taxes too; the jackpot went to a teacher.",
        menu=MENU,
    )
)
MARK_SIX = Said(
    page(
        "六合彩今晚開獎 馬會料下注額破億",
        han("mark six", 160)
        + "六合彩頭獎基金，市民紛紛下注。馬會指六合彩下注額上升，關注團體批評鼓勵博彩，指博彩及賭場廣告氾濫，應規管博彩及外圍下注。體育投注亦受關注。",
    )
)
SALE_NEWS = Said(
    page("Daily's website is for sale, liquidator says", text("liquidator", 150), menu=MENU)
)
SHORT_SALE_NEWS = Said(
    page(
        "Liquidator speaks",
        f"{text('x', 50)} The closed paper's domain is for sale, the liquidator told reporters on Monday.",
    )
)
SHORT_EXPIRED = Said(
    page(
        "How I lost my name",
        f"I forgot to renew, and my expired domain went to a stranger. {text('lost', 60)}",
    )
)
CHINESE_SALE_NEWS = Said(page("壹傳媒清盤 蘋果日報域名待售", han("sale", 170)))
SCAFFOLD = Said(
    page(
        "Bridge open again",
        "The scaffold has been removed. The footbridge is open to walkers and cyclists from Monday.",
        menu=MENU,
    )
)
TICKETS = Said(
    page("Concert", "The band no longer exists, but the songs do. Tickets at the door.", menu=MENU)
)
DENIED = Said(
    page("Access denied: how the paper lost its newsroom", text("newsroom", 200), menu=MENU)
)
MOMENT = Said(page("Just a moment of silence for the old bridge", text("silence", 130), menu=MENU))


def scruffy(asked: Asked) -> Said:
    """A site with a good answer for everything, and short pages of its own."""
    table = {"/": Said(story("scruffy", menu=MENU)), "/scaffold": SCAFFOLD, "/concert": TICKETS}
    return table.get(asked.path, Said(page("Town of Bridges", text("town", 30), menu=MENU)))


def press(asked: Asked) -> Said:
    """A sound newspaper, in whose pages all words are found that fool checkers."""
    table = {
        "/casino": CASINO_NEWS,
        "/marksix": MARK_SIX,
        "/sale": SALE_NEWS,
        "/shortsale": SHORT_SALE_NEWS,
        "/expired": SHORT_EXPIRED,
        "/chinesesale": CHINESE_SALE_NEWS,
        "/denied": DENIED,
        "/moment": MOMENT,
        "/scaffold": SCAFFOLD,
        "/paid": PAYWALL,
        "/huge": Said(page("All results", text("results", 60_000), text("more", 200_000))),
        "/utf16": Said(story("wide").encode("utf-16"), fields=("Content-Type: text/html",)),
        "/gzip": Said(
            gzip.compress(story("packed").encode()),
            fields=("Content-Type: text/html", "Content-Encoding: gzip"),
        ),
        "/brotli": Said(
            b"\x1b\x9f\x07\xf8" + bytes(range(7, 250)) * 20,
            fields=("Content-Type: text/html", "Content-Encoding: br"),
        ),
        "/partial": Said(story("partial"), "206 Partial Content"),
        "/unchanged": Said("", "304 Not Modified"),
        "/nowhere": Said(page("Moved"), "302 Found"),
        "/choices": Said(page("Choose"), "300 Multiple Choices"),
        "/data": to("data:text/html,hello"),
        "/javascript": to("javascript:alert(1)"),
        "/mail": to("mailto:editor@press.internal"),
        "/paper.pdf": Said(story("viewer"), "404 Not Found"),
    }
    if asked.path == "/head-not-implemented" and asked.method == "HEAD":
        return Said("", "501 Not Implemented")
    if asked.path == "/head-forbidden" and asked.method == "HEAD":
        return Said("", "403 Forbidden")
    if asked.path == "/head-faulty" and asked.method == "HEAD":
        return Said("", "500 Internal Server Error")
    if asked.path == "/head-empty" and asked.method == "HEAD":
        return Said("")
    if asked.path.startswith(("/head-", "/story/")) or asked.path == "/":
        return Said(story(asked.host + asked.path, menu=MENU))
    return table.get(asked.path, NOT_FOUND)


def all_html(asked: Asked) -> Said:
    """One page of 200 for all that is gone, films and papers too; a few things are still there."""
    if asked.path == "/there.pdf":
        return Said(b"%PDF-1.4" + b"x" * 5000, fields=("Content-Type: application/pdf",))
    if asked.path == "/":
        return Said(story("papers", menu=MENU))
    return Said(page("City library", text("library", 300), menu=MENU, head=f"<!--{'x' * 3000}-->"))


# fmt: off
LOOKALIKES: Mapping[str, Host] = {
    "wordpress.internal":    beside({}, WORDPRESS),
    "lone-wp.internal":      beside({}, WORDPRESS),
    "squarespace.internal":  always(EXPIRED_SITE),
    "suspended.internal":    always(SUSPENDED),
    "nginx.internal":        always(NGINX),
    "database.internal":     always(DATABASE),
    "fatal.internal":        always(FATAL),
    "blogs.internal":        always(CLOSED),
    "wechat.internal":       wechat,
    "wix.internal":          wix,
    "lone-wix.internal":     wix,
    "tweets.internal":       twitter,
    "lone-tweet.internal":   twitter,
    "script.internal":       script_away,
    "faces.internal":        always(FACEBOOK),
    "lone-face.internal":    always(FACEBOOK),
    "medium.internal":       beside({"/p/why": MEMBERS_STORY}),
    "lone-medium.internal":  beside({"/p/why": MEMBERS_STORY}),
    "ledger.internal":       beside({"/a": UNLOCK, "/b": CHINESE_PAYWALL, "/c": PAYWALL}),
    "c1020.internal":        always(CLOUDFLARE_1020),
    "c200.internal":         always(CLOUDFLARE_BLOCK_200),
    "akamai.internal":       always(AKAMAI),
    "lone-akamai.internal":  always(AKAMAI),
    "imperva.internal":      always(IMPERVA),
    "imperva2.internal":     always(IMPERVA_SCRIPT),
    "sucuri.internal":       always(SUCURI),
    "px.internal":           always(PERIMETERX),
    "amazon.internal":       always(AMAZON),
    "baidu.internal":        always(BAIDU),
    "sina.internal":         always(SINA),
    "often.internal":        always(TOO_OFTEN),
    "many.internal":         always(TOO_MANY),
    "invited.internal":      always(INVITED),
    "unfiled.internal":      always(UNFILED),
    "spiegel.internal":      always(SOURCEPOINT),
    "networkers.internal":   linkedin,
    "maps.internal":         google,
    "consent.google.com":    google,
    "purple.internal":       yahoo,
    "guce.yahoo.com":        yahoo,
    "consent.yahoo.com":     yahoo,
    "krant.internal":        dpg,
    "myprivacy.dpg.internal": dpg,
    "biscuits.internal":     cookies,
    "bodis.internal":        always(BODIS),
    "crew.internal":         always(PARKINGCREW),
    "godaddy.internal":      always(GODADDY),
    "renew.internal":        always(RENEWAL),
    "renew2.internal":       always(RENEWAL_TRADITIONAL),
    "bridgenews.internal":   hugedomains,
    "www.hugedomains.com":   hugedomains,
    "lot.internal":          afternic,
    "www.afternic.com":      afternic,
    "ribao.internal":        script_casino,
    "press.internal":        press,
    "lone-marksix.internal": press,
    "lone-sale.internal":    press,
    "lone-short.internal":   press,
    "lone-expired.internal": press,
    "lone-chinese.internal": press,
    "scruffy.internal":      scruffy,
    "lone-slug.internal":    always(Said(page("City library", text("library", 300), menu=MENU))),
    "section.internal":      section,
    "refreshed.internal":    refreshed_lot,
    "ww12.refreshed.internal": refreshed_lot,
    "restless.internal":     restless,
    "board.internal":        forum,
    "partners.internal":     always(CONSENT_200),
    "age.internal":          always(AGE),
    "oldsite.internal":      beside({"/banner": BANNER, "/frames.htm": FRAMES, "/big5.htm": BIG5}),
    "big5.internal":         always(BIG5_EXCUSE),
    "stopped.internal":      always(STOPPED),
    "papers.internal":       all_html,
    "lone-paper.internal":   all_html,
}
# fmt: on
