"""What pages say that are none: no such page, nobody here yet, in trouble, or only a program."""

import re

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
