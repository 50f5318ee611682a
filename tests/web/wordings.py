"""One link each: wordings of walls, excuses, lots and casinos, and honest pages that have such words."""

from collections.abc import Mapping

from linkcheck.model.verdict import LiveVerdict
from tests.web.label import Label
from tests.web.lookalikes import MENU, always, beside, han
from tests.web.newcomers import SCRIPT
from tests.web.server import Host, Said
from tests.web.words import page, text

_V = LiveVerdict
_PATH = "/2014/05/old-bridge-closed"
_SLOTS = (
    "pg soft gates of olympus demo slot mahjong ways deposit pulsa scatter hitam gacor hari ini "
)
# fmt: off
# What the host answers to everything.
_EVERYWHERE: tuple[tuple[str, LiveVerdict, str], ...] = (
    ("an interstitial, Italian", _V.UNKNOWN, page("Verifica di sicurezza", "Stiamo verificando che la connessione sia sicura prima di proseguire.", head=SCRIPT)),
    ("an interstitial, 'redirecting you'", _V.UNKNOWN, page("Please wait", "Redirecting you to the site in a moment. If nothing happens, reload.", head=SCRIPT)),
    ("Cloudflare's text, 200", _V.BLOCKED, page("", "Enable JavaScript and cookies to continue", head=SCRIPT)),
    ("LiteSpeed's check", _V.BLOCKED, page("Bot Verification", "Verifying that you are not a robot...", head=SCRIPT)),
    ("'403 - forbidden', 200", _V.BLOCKED, page("403 - Forbidden", "Access to this page is forbidden.")),
    ("'pardon our interruption'", _V.BLOCKED, page("Pardon Our Interruption", "As you were browsing something about your browser made us think you were a bot.")),
    ("a slider, Chinese", _V.BLOCKED, page("安全验证", "为了保护您的账号安全，请拖动滑块完成验证", head=SCRIPT)),
    ("Cloudflare's text of 2025", _V.BLOCKED, page("Security Verification", "This website uses a security service to protect itself from malicious bots.", head=SCRIPT)),
    ("a check of browsers, Japanese", _V.UNKNOWN, page("ちょっと待ってください", "ブラウザを確認しています。", head=SCRIPT)),
    ("consent in words that are not known", _V.UNKNOWN, page("Your privacy choices", "To continue, please choose how we may use your data.", "Agree Disagree", head=SCRIPT)),
    ("a marketplace", _V.USURPED, page("bridge.internal", "This premium domain may be yours. Make an offer today!", "Powered by Dynadot marketplace", head=SCRIPT)),
    ("no website uploaded", _V.SOFT_GONE, page("Welcome l1.internal", "This site is under development. This page indicates the webmaster has not uploaded a website to the server.")),
    ("expired, pending deletion", _V.USURPED, page("Registrar hold", "This domain has expired and is pending renewal or deletion.")),
    ("registered, Italian", _V.SOFT_GONE, page("bridge.internal", "Questo dominio è stato registrato da un cliente Aruba")),
    ("unused, Japanese", _V.SOFT_GONE, page("bridge.internal", "ドメイン bridge.internal は現在使用されておりません")),
    ("under construction, Chinese", _V.UNKNOWN, page("网站建设中", "您访问的网站正在建设中", head=SCRIPT)),
    ("a sale, Chinese", _V.USURPED, page("域名 bridge.internal 转让", "一口价 ￥5000 联系QQ 12345 微信同号")),
    ("slots in a paper's clothes", _V.SOFT_GONE, page("The Bridge Times – Local news", _SLOTS * 15, menu=MENU, head=SCRIPT)),
    ("a lottery's forecasts", _V.SOFT_GONE, page("Live Draw HK – Prediksi", "live draw hk sgp prediksi togel bandar toto macau angka jitu " * 14, menu=MENU)),
    ("a bookmaker, Vietnamese", _V.USURPED, page("Fun88 link vào - Nhà cái", "link vào fun88 nhà cái cá cược thể thao casino trực tuyến nạp rút khuyến mãi " * 10)),
    ("casinos compared, German", _V.SOFT_GONE, page("Online Casinos Österreich Vergleich", "online casinos bonus freispiele spielautomaten slots roulette einzahlung auszahlung " * 12, menu=MENU)),
    ("a casino's front, Chinese", _V.SOFT_GONE, page("九游会·j9官方网站", "九游会 j9 真人 体育 电子 棋牌 彩票 捕鱼 登录 注册 下载 app " * 12)),
    ("pills for everything", _V.SOFT_GONE, page("Buy Viagra online - cheap Cialis", "viagra cialis pills pharmacy no prescription order online discount " * 12)),
)
# What a sound site answers to the link alone.
_ALONE: tuple[tuple[str, LiveVerdict, str], ...] = (
    ("paywall, 'to read the full story'", _V.BLOCKED, page("Old bridge closed", text("t1",100),"To read the full story, become a subscriber.", menu=MENU, head=SCRIPT)),
    ("paywall, 'limit of free articles'", _V.BLOCKED, page("Old bridge closed", text("t2",100),"You've reached your limit of free articles.", menu=MENU, head=SCRIPT)),
    ("paywall, Chinese", _V.BLOCKED, page("舊橋關閉", han("t4",80),"本文為付費內容，加入會員即可閱讀全文。", menu=MENU)),
    ("paywall, Polish", _V.BLOCKED, page("Most zamknięty", text("t5",60),"Artykuł dostępny tylko dla prenumeratorów", menu=MENU)),
    ("paywall, Swedish", _V.BLOCKED, page("Bron stängd", text("t6",60),"Den här artikeln är för dig som är prenumerant", menu=MENU)),
    ("taken down by its author", _V.UNKNOWN, page("Gone fishing", "This story has been taken down by its author.", menu=MENU)),
    ("'can't seem to find the page'", _V.UNKNOWN, page("Oops!", "We can't seem to find the page you're looking for.", menu=MENU)),
    ("expired, Chinese", _V.UNKNOWN, page("提示", "该文章已过期或被移除", menu=MENU)),
    ("no longer to be had, German", _V.UNKNOWN, page("Information", "Diese Meldung steht nicht mehr zur Verfügung.", menu=MENU)),
    ("no longer shown, Japanese", _V.UNKNOWN, page("お知らせ", "この記事の公開は終了しました。", menu=MENU)),
    ("news of a casino", _V.ALIVE, page("Casino resort plan rejected by council", text("plan",220) + " casino casino", menu=MENU)),
    ("a story of the captcha", _V.ALIVE, page("How the captcha was invented", "Solve the captcha to continue, it said. "+text("cap",160), menu=MENU)),
    ("'the website is for everybody'", _V.ALIVE, page("Website of the year", "The website is for everybody. "+text("w",60), menu=MENU)),
    ("'the page is available in print'", _V.ALIVE, page("Page one", "The page is available in print. "+text("w5",50), menu=MENU)),
    ("news of a security check", _V.ALIVE, page("Security check at the airport", "A security check took two hours. "+text("air",60), menu=MENU)),
    ("a recipe, 'cookies akzeptieren?'", _V.ALIVE, page("Rezept: Kekse", "Alle Cookies akzeptieren? "+text("keks",60), menu=MENU)),
    ("news of a lake's closure, Russian", _V.ALIVE, page("Доступ к озеру ограничен", "Доступ к озеру временно ограничен до мая. "+text("ozero",50), menu=MENU)),
    ("'coming soon to the town hall'", _V.ALIVE, page("Coming soon to the town hall", text("soon",70), menu=MENU)),
    ("'it works!' of an engine", _V.ALIVE, page("It works! New ferry engine passes test", text("ferry2",70), menu=MENU)),
    ("news of an account suspended", _V.ALIVE, page("Account suspended: teacher loses profile", text("acc",150), menu=MENU)),
    ("news of a members' club", _V.ALIVE, page("Members only club opens", text("club",150),"Members only.", menu=MENU)),
    ("an article on a god", _V.ALIVE, page("Article on Anubis, god of the dead", text("anubis",100), menu=MENU)),
    ("news of restricted access, Japanese", _V.ALIVE, page("古い橋の記事", "アクセスが制限されていた古い橋が来月から再び開通する。" * 6, menu=MENU)),
    ("news of a site blocked by snow", _V.ALIVE, page("Site blocked by snow", "The site was blocked by snow for a week. "+text("snow",60), menu=MENU)),
)
# fmt: on

WORDINGS: Mapping[str, Host] = {
    **{f"all{n}.internal": always(Said(row[2])) for n, row in enumerate(_EVERYWHERE)},
    **{f"alone{n}.internal": beside({_PATH: Said(row[2])}) for n, row in enumerate(_ALONE)},
}
WORDING_LABELS = tuple(
    Label(f"https://{name}{n}.internal{_PATH}", verdict, what)
    for name, rows in (("all", _EVERYWHERE), ("alone", _ALONE))
    for n, (what, verdict, _) in enumerate(rows)
)
