"""What pages are known by that stand in the place of others: marks and phrases, many languages.

Marks of services stand in the markup and decide alone. Phrases are words that honest pages may
quote: they count in a title, or on a page that says little else.
"""

import re

# Hosts and scripts of parking services, seen in pages of 2019 to 2026.
PARKING_MARKS = (
    *("sedoparking.com", "parkingcrew.net", "bodis.com", "parklogic.com", "skenzo.com"),
    *("d38psrni17bvxu.cloudfront.net", "d1lxhc4jvstzrp.cloudfront.net", "above.com/marketplace"),
    *(
        "parking-lander",
        "window.park =",
        "window.park=",
        "data-adblockkey",
        "parkingpage.namecheap",
    ),
    *("domainparking", "cashparking", "parked-content.godaddy", "uniregistry.com/market"),
    *("voodoo.com/parking", "parked.com", "ztomy.com", "domain_parking", "namebright.com/parking"),
    *("parking.reg.ru", "parking.west.cn", "parking.22.cn", "parking.ename", "www.4.cn/parking"),
    *('window.location.href="/lander"', "window.location.href='/lander'"),
)
SALE_MARKS = (
    *("hugedomains.com/domain_profile", "dan.com/buy-domain", "afternic.com/forsale"),
    *("sedo.com/search/details", "buydomains.com/lander", "domainmarket.com/buynow"),
    *("efty.com", "escrow.com/pay", "juming.com/", "mi.aliyun.com/detail", "godaddy.com/forsale"),
)
# `ww1.`, `ww25.` before the name: where parked names send their visitors (seen since 2015).
PARKING_HOST = re.compile(r"(?:^|\.)ww\d{1,3}\.|(?:^|\.)(?:sedoparking|parkingcrew|bodis)\.")
SALE_HOST = re.compile(
    r"(?:^|\.)(?:hugedomains|dan|afternic|sedo|buydomains|domainmarket|brandbucket|squadhelp|atom"
    r"|undeveloped|perfectdomain)\.com$"
)

PARKED = re.compile(
    r"domain (?:is|has been) parked|parked (?:free,? courtesy|domain)|this (?:web ?page|site) is parked"
    r"|future home of something quite cool|buy this domain|related searches? sponsored|domain (?:has )?expired|expired domain"
    r"|diese domain (?:ist|wurde) geparkt|domaine? (?:est )?park(?:é|ed)|dominio (?:est[áa] )?"
    r"(?:aparcado|estacionado|parcheggiato)|domínio estacionado|домен (?:припаркован|не прилинкован)"
    r"|срок регистрации домена истек|域名(?:已|己)?(?:过期|到期|停放)|(?:网|網)域(?:名稱)?已?(?:過期|到期)"
    r"|域名停靠|このドメインは.{0,20}(?:取得|期限|お名前)|ドメインパーキング|도메인.{0,10}(?:만료|주차)",
    re.IGNORECASE,
)
FOR_SALE = re.compile(
    r"(?:domain(?: name)?|website|site) (?:\S+ )?(?:is|may be|could be|might be) (?:available )?"
    r"for sale|domain (?:name )?for sale|this domain is available|make an offer on this domain"
    r"|inquire about this domain|(?:diese )?domain \S* ?(?:steht zum verkauf|zu verkaufen|kaufen)"
    r"|(?:nom de )?domaine \S* ?(?:est )?à vendre|dominio \S* ?(?:est[áa] )?(?:en|a la) venta"
    r"|domínio \S* ?(?:está )?à venda|dominio \S* ?è? ?in vendita|domein(?:naam)? \S* ?(?:is )?te koop"
    r"|domena \S* ?(?:jest )?na sprzedaż|домен \S* ?(?:продается|продаётся|на продажу)|купить домен"
    r"|(?:此|该|該|本|您访问的|您正在访问的)?(?:域名|網域|网域|網址).{0,40}?(?:出售|转让|轉讓|待售|售卖|可购买)"
    r"|このドメインは?.{0,12}(?:販売|売り出し)|도메인.{0,12}(?:판매|매매)",
    re.IGNORECASE,
)
# Latin terms stand alone: `judi` is no judicial, a `slot` no timeslot.
GAMBLING = re.compile(
    r"\b(?:casinos?|kasino|cassino|slots?|gacor|maxwin|togel|judi|sbobet|poker|baccarat|roulette"
    r"|blackjack|jackpot|sportsbook|betting|bookmakers?|1xbet|bet365|w88|fun88|188bet|22bet|free spins?"
    r"|rtp live|taruhan|bahis|казино|букмекер\w*|слоты)\b|nhà cái|cá cược|nổ hũ|xóc đĩa|tài xỉu"
    r"|игровые автоматы|คาสิโน|สล็อต|บาคาร่า|แทงบอล|เว็บตรง|카지노|바카라|토토|슬롯|먹튀|カジノ|パチスロ"
    r"|娱乐城|娛樂城|博彩|赌场|賭場|百家乐|百家樂|老虎机|老虎機|棋牌|体育投注|體育投注|真人荷官|真人视讯|真人視訊"
    r"|新葡京|威尼斯人|六合彩|时时彩|時時彩|北京赛车|电子游艺|電子遊藝|彩票平台|下注|返水",
    re.IGNORECASE,
)
GAMBLING_NAME = re.compile(
    r"casino|slot|poker|togel|judi|sbobet|betting|[0-9]bet|bet[0-9]|lottery|w88"
)

# Services put scripts into good pages too: these stand in walls, or count where hardly a word is.
CHALLENGE_MARKS = (
    *("cf-browser-verification", "cf_chl_opt", "_incapsula_resource", "ddos-guard", "px-captcha"),
    *("geo.captcha-delivery.com", "awswafintegration", "/_sec/cp_challenge", "sucuri_cloudproxy"),
    *("distil_r_captcha", "bm-verify", "aliyun_waf", "yundun", "__jsl_clearance"),
)
CHALLENGE = re.compile(
    r"just a moment\b|visitor system|checking (?:if the site|your browser)|attention required! \| cloudflare"
    r"|verif(?:y|ying) (?:that )?you are (?:a )?human|ddos protection by|\baccess (?:to this page has been )?"
    r"denied\b|please enable (?:javascript|js) and (?:cookies|disable)|pardon our interruption"
    r"|unusual traffic|are you a robot|robot check|请(?:完成|进行)安全验证|請(?:完成|進行)安全驗證"
    r"|(?:访问|安全|身份)验证|(?:訪問|安全|身份)驗證|完成验证后|完成驗證後|环境异常|安全检查|正在检查您的浏览器"
    r"|request unsuccessful\. incapsula|sorry, you have been blocked|press & hold to confirm",
    re.IGNORECASE,
)
# A form may have one of these beside it, "protected by reCAPTCHA": hardly a word else makes a wall.
CAPTCHA_MARKS = (
    *("g-recaptcha", "hcaptcha.com", "h-captcha", "cf-turnstile", "recaptcha/api", "geetest"),
    *("captcha.js", "captcha-container", "arkoselabs", "funcaptcha", "tcaptcha"),
)
CAPTCHA = re.compile(
    r"(?:complete|solve|enter|type|fill in) the (?:re)?captcha|captcha (?:challenge|required|below)"
    r"|i'?m not a robot|you(?:'re| are) not a robot|prove (?:that )?you(?:'re| are) (?:a )?human"
    r"|人机验证|人機驗證|输入验证码|輸入驗證碼|滑动验证|拖动滑块|ロボットでは|로봇이 아닙니다|я не робот",
    re.IGNORECASE,
)
# "Log in or register" stands above good pages: only what is asked before one can go on counts.
LOGIN = re.compile(
    r"you must (?:be logged|log|sign) ?in|(?:log|sign) ?in to (?:continue|view|read|see|access|your account)"
    r"|members only|please (?:log|sign) ?in\b|subscribers only|subscribe to (?:read|continue)"
    r"|登录后(?:查看|可见|继续)|请先登录|請先登入|登入後(?:查看|繼續)|必[須须](?:先)?登[入录錄](?:才能|后|後)?|登[入录錄]才能|ログインしてください|bitte (?:melden|loggen) sie"
    r"|veuillez vous (?:connecter|identifier)|inicia(?:r)? sesión para|войдите,? чтобы",
    re.IGNORECASE,
)
# A page that is called so, and has a field for the password.
LOGIN_TITLE = re.compile(
    r"^\W*(?:log ?in|sign ?in|log ?on|anmelden|einloggen|connexion|se connecter|iniciar sesión|entrar|accedi|inloggen"
    r"|登入|登录|登錄|ログイン|로그인|вход|войти)(?![a-z])",
    re.IGNORECASE,
)
# Nobody says these but who withholds the rest: they count on longer pages too, for teasers are long.
PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock|finish)|to (?:continue|keep) reading,? (?:please )?(?:subscribe|register|log in|sign)"
    r"|(?:article|story|content|page) is (?:only )?(?:available )?(?:for|to|exclusive to|reserved for) (?:our |paid |premium )?(?:subscribers|members)"
    r"|available to .{0,30}(?:members|subscribers) only|(?:exclusively|only) (?:available )?(?:for|to) (?:our )?subscribers|open to invited readers only"
    r"|(?:create|register) (?:a|your) free account to (?:read|continue)|you(?:'|’)?(?:ve| have) (?:reached|used) (?:your|all).{0,30}(?:free )?(?:article|stor)"
    r"|you need (?:permission|access)\b|nur für abonnenten|mit .{0,20}(?:abo|plus) weiterlesen|réservé (?:aux|à nos) abonnés|(?:solo|exclusivo) para suscriptores"
    r"|riservato agli abbonati|alleen voor abonnees|(?:请|請)?(?:订阅|訂閱|付费|付費|升级|升級)(?:后|後|以)(?:继续|繼續|阅读|閱讀|解锁|解鎖)|(?:会员|會員)(?:专享|專享|独享|獨享|限定)"
    r"|(?:剩余|剩餘|以下|全文|其余|其餘)(?:内容|內容)?.{0,8}(?:付费|付費|订阅|訂閱|会员|會員)|続きを読むには|会員限定|유료 ?회원",
    re.IGNORECASE,
)
PASSWORD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password\b")
# "We use cookies" is a banner beside the page; a wall wants an answer first.
CONSENT = re.compile(
    r"before you continue|we and our (?:[\d,.]+ )?partners (?:store|use|process|and)|accept all\W+(?:reject|decline|manage|more options)"
    r"|^(?:age verification|age check|are you of (?:legal )?age)|you must be .{0,24}(?:18|21|legal).{0,40}(?:to )?(?:enter|view|access|visit)|(?:未滿|未满|年滿|年满) ?(?:18|十八).{0,20}(?:進入|进入|離開|离开)"
    r"|accept (?:all )?cookies (?:to|and) continue|cookie wall|(?:your )?consent is required"
    r"|(?:cookies|consent) (?:is|are)? ?(?:needed|required) (?:to|before)|to continue,? (?:please )?accept"
    r"|mit werbung weiterlesen|um (?:fortzufahren|weiterzulesen),? .{0,30}(?:zustimm|cookies)"
    r"|pour continuer.{0,40}cookies|para continuar.{0,40}cookies|per continuare.{0,40}cookie"
    r"|(?:继续|繼續).{0,12}(?:同意|接受).{0,10}cookie|(?:同意|接受).{0,8}cookie.{0,10}(?:继续|繼續)",
    re.IGNORECASE,
)
REGION = re.compile(
    r"not available in your (?:country|region|location|area)|unavailable in your (?:country|region)"
    r"|access from your (?:country|region|area)|content is not available in your|geo-?(?:blocked|restricted)"
    r"|unavailable (?:due to|for) legal reasons|currently unavailable in most european"
    r"|(?:您所在|你所在|当前|當前)的?(?:地区|地區|国家|國家).{0,12}(?:无法|無法|不可|不支持|不提供)"
    r"|未.{0,20}(?:完成)?备案|尚未备案|根据.{0,12}法律法规.{0,20}(?:不予|无法)"
    r"|お住まいの(?:国|地域)|in (?:ihrem|deinem) land nicht verfügbar|dans votre pays",
    re.IGNORECASE,
)
APOLOGY = re.compile(
    r"\b(?:error|http|status):? ?404\b|\b404 ?(?:[-:|!.–—]|error|not|page)|(?:^|[|–—:-] ?)(?:(?:sorry|oops)\W+)?not found(?=\W*$| ?[|–—:-])"
    r"|\b(?:page|article|file|content|story|post|document|url|address|link|item|product|video|photo|image|profile|account|user|blog|topic|thread|entry|resource)\b"
    r"(?: (?:that |which )?(?:you|we|was|were|is|are|has|have|had|been|were|requested|looking|trying|for|to|reach|view|access|may|might|either))*"
    r" (?:(?:could not|cannot|can['’]?t|can not|wasn['’]?t|was not) be found|(?:was |is )?not found|no longer (?:available|exists?)|does ?(?:not|n['’]?t) exist"
    r"|(?:been |is |was )?(?:missing|gone|removed|deleted|unavailable))\b|nothing (?:was )?found (?:here|at)|couldn['’]?t find (?:the|that|this) page"
    r"|seite (?:wurde )?nicht (?:gefunden|vorhanden)|page (?:introuvable|non trouvée)|n'existe (?:pas|plus)"
    r"|página no (?:encontrada|existe)|no se (?:ha )?enc(?:ontró|uentra)|página não (?:encontrada|existe)"
    r"|pagina non trovata|pagina niet gevonden|strony? nie (?:znaleziono|istnieje)|страница не найдена"
    r"|(?:页面|網頁|网页|頁面|文章|内容|內容|檔案|文件|新闻|新聞|主题|主題|帖子|日志|日誌|部落格|博客|視頻|视频|影片|相簿)(?:(?:已(?:关闭|關閉)或)?不存在|未找到|找不到|已(?:被.{0,6})?(?:删除|刪除|移除|下架)|因违规(?:无法查看)?)"
    r"|找不到(?:页面|頁面|网页|網頁|您|你|该|該|此|文章)|(?:您|你)(?:所)?(?:访问|瀏覽|浏览|查找|要找)的(?:页面|頁面|网页|網頁|内容|內容)"
    r"|(?:ページ|記事)(?:が|は)?(?:見つかりません|存在しません)|페이지를 찾을 수 없",
    re.IGNORECASE,
)
MAINTENANCE = re.compile(
    r"(?:under|for|scheduled|undergoing|routine) maintenance|maintenance mode|(?:be|we'll be) (?:right )?back (?:soon|shortly)"
    r"|temporarily (?:unavailable|down|offline|closed for)|wartungsarbeiten|im wartungsmodus|en maintenance"
    r"|(?:en|por) mantenimiento|em manutenção|in manutenzione|техническ\w+ работ|(?:系统|系統|网站|網站|服务器|伺服器)(?:正在)?(?:维护|維護|升级)"
    r"|(?:维护|維護)中|メンテナンス中|점검 ?중",
    re.IGNORECASE,
)
# Status 200, and in words: this machine fails, or has had enough.
TROUBLE = re.compile(
    r"error establishing a database connection|fatal error:? +uncaught|(?:warning|fatal error|parse error):? .{0,200}\.php\b.{0,20}on line \d"
    r"|could not connect to (?:the )?(?:database|mysql)|too many connections|internal server error|(?:bad|proxy|gateway) (?:gateway|error|time-?out)\b"
    r"|(?:service|server|site) (?:is )?(?:temporarily |currently )?(?:unavailable|overloaded|too busy)|bandwidth limit exceeded|resource limit is reached"
    r"|too many requests|(?:exceeded|hit|reached) .{0,20}(?:rate|request) limit|(?:something|an? (?:unexpected )?error) (?:went wrong|(?:has )?occurr?ed)|application error"
    r"|访问(?:过于|太)?频繁|訪問(?:過於|太)?頻繁|操作频繁|请求过(?:于频繁|多)|(?:数据库|數據庫|資料庫)(?:连接|連接|連線)?(?:错误|錯誤|失败|失敗)|(?:系统|系統|服务器|伺服器)(?:繁忙|忙碌|错误|錯誤|异常|異常|开小差)",
    re.IGNORECASE,
)
SHELL_ROOT = re.compile(
    r"<div\s[^<>]*\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|___gatsby|svelte|app-root|application)\b"
    r"|<app-root|<my-app|<div\s[^<>]*\b(?:ng-app|data-reactroot|ng-view)\b|<body\s[^<>]*\bng-app\b"
)
# Where the program will put the page: as long as it is empty, what stands around it is not the page.
SHELL_MOUNT = re.compile(
    r"<(div|main|section)\s[^<>]*\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|___gatsby|svelte|app-root|application"
    r"|react-root|vue-app|react-app|mount)[\"']?[^<>]*>\s*</\1>|<(app-root|my-app)\b[^<>]*>\s*</\2>"
)
SHELL_WORDS = re.compile(
    r"(?:enable|need|requires?|without) (?:to enable )?javascript|启用 ?javascript"
)
