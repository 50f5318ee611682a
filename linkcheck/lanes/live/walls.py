"""What pages are known by that stand before others: robots, logins, payment, consent, regions."""

import re

# Services put scripts into good pages too: these stand in walls, or count where hardly a word is.
CHALLENGE_MARKS = (
    *("cf-browser-verification", "cf_chl_opt", "_incapsula_resource", "ddos-guard", "px-captcha"),
    *("geo.captcha-delivery.com", "awswafintegration", "/_sec/cp_challenge", "sucuri_cloudproxy"),
    *("distil_r_captcha", "bm-verify", "aliyun_waf", "yundun", "__jsl_clearance", "sgcaptcha"),
    *("/.within.website/x/cmd/anubis", "_fs-ch-", "kpsdk", "perfdrive.com"),
)
CHALLENGE = re.compile(
    r"just a moment\b|visitor system|checking (?:if the site|your browser)|attention required! \| cloudflare"
    r"|(?:verif(?:y|ying)|check(?:ing)?|confirm(?:ing)?|mak(?:e|ing) sure|ensur(?:e|ing)) (?:if |whether |that )?(?:you|you['’]re|you are|your connection is) (?:are )?(?:a )?(?:real )?(?:not (?:a )?(?:bot|robot)|human|secure)"
    r"|(?:verifying|checking|validating) (?:your (?:browser|connection|device|request)|the (?:site )?connection)|request is being (?:verified|checked)|(?:robot|bot|human) (?:challenge|verification|check)\b|robot or human"
    r"|^\W*client challenge\b|vercel security checkpoint|the requested url was rejected|your (?:support|reference|incident|event) id is|(?:think|thinks|believe|suspect)s? (?:that )?you(?: are|['’]re| might be| may be) (?:a )?(?:bot|robot)"
    r"|access to this (?:site|website|page|service) (?:has been|is|was) (?:limited|restricted|blocked|forbidden)|your access to this site has been limited|web page blocked|(?:url|request|access|connection|website) (?:has been |was |is )?blocked by (?:the |your |our |a )?(?:administrator|firewall|security|network|organi[sz]ation|server|mod_security)|protect (?:itself|this site|the site) (?:from|against) (?:malicious bots|online attacks)|enable javascript and cookies"
    r"|einen moment,? (?:bitte|geduld)|(?:dass sie|ob sie|sie sind) (?:ein mensch|kein roboter)|zugriff verweigert|accès refusé|que vous (?:êtes|n['’]êtes pas) (?:humain|un robot)|acceso denegado|(?:eres|es usted) (?:un )?humano|accesso negato"
    r"|вы не робот|запросы отправляли вы|доступ (?:запрещ[её]н|заблокирован)|アクセスが(?:拒否|制限)|アクセスは(?:拒否|制限|ブロック)|접근이 (?:차단|거부)|访问被(?:阻断|拒绝|拦截|禁止)|訪問被(?:拒絕|攔截)|请求(?:已)?被(?:拦截|阻断)|安全威胁"
    r"|verif(?:y|ying) (?:that )?you are (?:a )?human|ddos protection by|\baccess (?:to this page has been )?"
    r"denied\b|please enable (?:javascript|js) and (?:cookies|disable)|pardon our interruption"
    r"|unusual traffic|are you a robot|robot check|请(?:完成|进行)安全验证|請(?:完成|進行)安全驗證"
    r"|(?:访问|安全|身份)验证|(?:訪問|安全|身份)驗證|完成验证后|完成驗證後|环境异常|安全检查|正在检查您的浏览器"
    r"|request unsuccessful\. incapsula|sorry, you have been blocked|press & hold to confirm"
)
# A form may have one of these beside it, "protected by reCAPTCHA": hardly a word else makes a wall.
CAPTCHA_MARKS = (
    *("g-recaptcha", "hcaptcha.com", "h-captcha", "cf-turnstile", "recaptcha/api", "geetest"),
    *("captcha.js", "captcha-container", "arkoselabs", "funcaptcha", "tcaptcha"),
)
CAPTCHA = re.compile(
    r"(?:complete|solve|enter|type|fill in) the (?:re)?captcha|captcha (?:challenge|required|below)"
    r"|i'?m not a robot|you(?:'re| are) not a robot|prove (?:that )?you(?:'re| are) (?:a )?human"
    r"|人机验证|人機驗證|输入验证码|輸入驗證碼|滑动验证|拖动滑块|ロボットでは|로봇이 아닙니다|я не робот"
)
# "Log in or register" stands above good pages: only what is asked before one can go on counts.
LOGIN = re.compile(
    r"you must (?:be logged|log|sign) ?in|(?:log|sign) ?in to (?:continue|view|read|see|access|your account)"
    r"|members only|please (?:log|sign) ?in\b|subscribers only|subscribe to (?:read|continue)"
    r"|登录后(?:查看|可见|继续)|请先登录|請先登入|登入後(?:查看|繼續)|必[須须](?:先)?登[入录錄](?:才能|后|後)?|登[入录錄]才能|ログインしてください|bitte (?:melden|loggen) sie"
    r"|veuillez vous (?:connecter|identifier)|inicia(?:r)? sesión para|войдите,? чтобы"
)
# A page that is called so, and has a field for the password.
LOGIN_TITLE = re.compile(
    r"^\W*(?:log ?in|sign ?in|log ?on|anmelden|einloggen|connexion|se connecter|iniciar sesión|entrar|accedi|inloggen"
    r"|登入|登录|登錄|ログイン|로그인|вход|войти)(?![a-z])"
)
# Nobody says these but who withholds the rest: they count on longer pages too, for teasers are long.
PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock|finish)|to (?:continue|keep) reading,? (?:please )?(?:subscribe|register|log in|sign)"
    r"|subscribe to [^.!?]{1,60} to (?:keep|continue) reading|to (?:read|view|access|unlock) (?:the |this )?(?:full|whole|entire|rest of the) (?:story|article|post)|keep reading with a .{0,20}(?:free )?trial|(?:join|upgrade|sign up|become a member) to (?:unlock|read|continue)"
    r"|(?:article|story|content|page|post|episode|edition|newsletter) is (?:only )?(?:available )?(?:for|to|exclusive to|reserved for) (?:our |paid |paying |premium )?(?:subscribers|members)"
    r"|(?:content|post|page|article) is (?:password[- ])?protected\b.{0,40}password|(?:site|blog) is (?:currently )?(?:private|password[- ]protected)"
    r"|(?:jetzt|zum|hier) weiterlesen (?:mit|registrieren|abonnieren)|weiterlesen mit [^ ]+\+|(?:réservée?|accessible)s? (?:uniquement |exclusivement )?(?:aux|à nos) abonnés|il vous reste .{1,12} de cet article"
    r"|suscr[ií]b[ea](?:te|se) para (?:seguir|continuar|leer)|assine para (?:ler|continuar)|(?:conteúdo|matéria) exclusiv[oa] para assinantes|abbonati per (?:leggere|continuare)|exclusief voor (?:abonnees|leden)|verder lezen\?"
    r"|(?:только|доступ\w*) (?:только )?(?:для подписчиков|по подписке)|оформите подписку|tylko dla (?:prenumeratorów|subskrybentów)|dla abonentów|(?:för|endast|kun) .{0,24}(?:prenumerant|abonnent)|vain tilaajille|pouze pro předplatitele|csak előfizetőknek|للمشتركين فقط|اشترك لمتابعة|למנויים בלבד|sadece aboneler"
    r"|(?:この|本)?記事は(?:有料|会員|登録)|有料(?:会員|記事|登録)|残り.{0,12}文字|(?:유료|회원|구독자?) ?(?:구독자 ?)?(?:전용|만 )"
    r"|available to .{0,30}(?:members|subscribers) only|(?:exclusively|only) (?:available )?(?:for|to) (?:our )?subscribers|open to invited readers only"
    r"|(?:create|register) (?:a|your) free account to (?:read|continue)|you(?:'|’)?(?:ve| have) (?:reached|used) (?:your|all).{0,30}(?:free )?(?:article|stor)"
    r"|you need (?:permission|access)\b|nur für abonnenten|mit .{0,20}(?:abo|plus) weiterlesen|réservé (?:aux|à nos) abonnés|(?:solo|exclusivo) para suscriptores"
    r"|riservato agli abbonati|alleen voor abonnees|(?:请|請)?(?:订阅|訂閱|付费|付費|升级|升級)(?:后|後|以)(?:继续|繼續|阅读|閱讀|解锁|解鎖)|(?:会员|會員)(?:专享|專享|独享|獨享|限定)|(?:付费|付費)(?:内容|內容|文章)|加入(?:会员|會員)(?:即可|后|後|才)"
    r"|(?:剩余|剩餘|以下|全文|其余|其餘)(?:内容|內容)?.{0,8}(?:付费|付費|订阅|訂閱|会员|會員)|続きを読むには|会員限定|유료 ?회원"
)
# What a page says of itself to search engines (schema.org, used since 2017): of a teaser it is true.
NOT_FREE = re.compile(r'"isaccessibleforfree"\s*:\s*"?false')
PASSWORD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password\b")
# "We use cookies" is a banner beside the page; a wall wants an answer first.
CONSENT = re.compile(
    r"before you continue|we and our (?:[\d,.]+ )?partners (?:store|use|process|and)|accept all\W+(?:reject|decline|manage|more options)"
    r"|accept (?:all )?cookies (?:to|and) continue|cookie wall|(?:your )?consent is required"
    r"|(?:cookies|consent) (?:is|are)? ?(?:needed|required) (?:to|before)|to continue,? (?:please )?accept"
    r"|mit werbung weiterlesen|um (?:fortzufahren|weiterzulesen),? .{0,30}(?:zustimm|cookies)"
    r"|pour continuer.{0,40}cookies|para continuar.{0,40}cookies|per continuare.{0,40}cookie"
    r"|(?:继续|繼續).{0,12}(?:同意|接受).{0,10}cookie|(?:同意|接受).{0,8}cookie.{0,10}(?:继续|繼續)"
)
# Who asks how old one is shows nothing before.
AGE = re.compile(
    r"^(?:age verification|age check|are you of (?:legal )?age|content warning)|you must be .{0,24}(?:18|21|legal).{0,40}(?:to )?(?:enter|view|access|visit)"
    r"|(?:未滿|未满|年滿|年满) ?(?:18|十八).{0,20}(?:進入|进入|離開|离开)|(?:are you|i am) (?:over|at least) (?:18|21)\b|mindestens (?:16|18) jahre|мне (?:уже )?(?:есть|исполнилось) 18"
)
REGION = re.compile(
    r"not available in your (?:country|region|location|area)|unavailable in your (?:country|region)"
    r"|access from your (?:country|region|area)|content is not available in your|geo-?(?:blocked|restricted)"
    r"|unavailable (?:due to|for) legal reasons|currently unavailable in most european|access(?:ing)? this (?:web)?site from a country|(?:gdpr\)?|european economic area).{0,80}(?:access )?(?:cannot|can not|can['’]t|unable)"
    r"|blocked (?:as per|under|pursuant to|in accordance with|by order of) .{0,60}(?:order|act|law|ministry|court|directions|government)|violation of your internet usage policy"
    r"|доступ к (?:информационному )?(?:ресурсу|сайту|странице|материал\w*|контент\w*) .{0,40}(?:ограничен|заблокирован|запрещ)|сайт заблокирован|5651 sayılı|erişim.{0,40}engellen|불법.?유해 정보|접속이 (?:불가|차단)|accesso .{0,30}(?:inibito|bloccato)|situs .{0,30}diblokir"
    r"|(?:您所在|你所在|当前|當前)的?(?:地区|地區|国家|國家).{0,12}(?:无法|無法|不可|不支持|不提供)"
    r"|未.{0,20}(?:完成)?备案|尚未备案|根据.{0,12}法律法规.{0,20}(?:不予|无法)"
    r"|お住まいの(?:国|地域)|in (?:ihrem|deinem) land nicht verfügbar|dans votre pays"
)
