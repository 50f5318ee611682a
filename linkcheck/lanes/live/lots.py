"""What parking, sales and casinos are known by: marks of services, and phrases of many languages.

Marks stand in the markup and decide alone. Phrases are words that honest pages may quote: they
count in a title, or on a page that says little else.
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
    *('window.location.href="/lander', "window.location.href='/lander"),
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
    r"|this domain(?: name)? (?:has been|was|is) (?:just |newly |recently )?registered (?:with|at|by|via|through)"
    r"|diese domain (?:ist|wurde) geparkt|domaine? (?:est )?park(?:é|ed)|dominio (?:est[áa] )?"
    r"(?:aparcado|estacionado|parcheggiato)|domínio estacionado|домен (?:припаркован|не прилинкован)"
    r"|срок регистрации домена истек|域名(?:已|己)?(?:过期|到期|停放)|(?:网|網)域(?:名稱)?已?(?:過期|到期)"
    r"|域名停靠|このドメインは.{0,20}(?:取得|期限|お名前)|ドメインパーキング|도메인.{0,10}(?:만료|주차)"
)
FOR_SALE = re.compile(
    r"(?:domain(?: name)?|website|site) (?:\S+ )?(?:is|may be|could be|might be) (?:available )?"
    r"for sale|domain (?:name )?for sale|this domain is available|make an offer (?:on this domain|today)|premium domain"
    r"|(?:domain(?: name)?|\S+\.[a-z]{2,}) is available for (?:purchase|sale)|(?:get|own|buy) this domain\b"
    r"|(?:diese )?(?:domain|web(?:seite|site)) \S* ?steht zum verkauf"
    r"|inquire about this domain|(?:diese )?domain \S* ?(?:steht zum verkauf|zu verkaufen|kaufen)"
    r"|(?:nom de )?domaine \S* ?(?:est )?à vendre|dominio \S* ?(?:est[áa] )?(?:en|a la) venta"
    r"|domínio \S* ?(?:está )?à venda|dominio \S* ?è? ?in vendita|domein(?:naam)? \S* ?(?:is )?te koop"
    r"|domena \S* ?(?:jest )?na sprzedaż|домен \S* ?(?:продается|продаётся|на продажу)|купить домен"
    r"|(?:此|该|該|本|您访问的|您正在访问的)?(?:域名|網域|网域|網址).{0,40}?(?:出售|转让|轉讓|待售|售卖|可购买)"
    r"|このドメインは?.{0,12}(?:販売|売り出し)|도메인.{0,12}(?:판매|매매)"
)
# Latin terms stand alone: `judi` is no judicial, a `slot` no timeslot.
GAMBLING = re.compile(
    r"\b(?:casinos?|kasino|cassino|slots?|gacor|maxwin|togel|judi|sbobet|poker|baccarat|roulette"
    r"|blackjack|jackpot|sportsbook|betting|bookmakers?|1xbet|bet365|w88|fun88|188bet|22bet|free spins?"
    r"|slot\d{2,}|rtp live|taruhan|bahis|deneme bonusu|çevrimsiz|rulet|ruletas?|apuestas|apostas|fortune tiger|wettanbieter|казино|букмекер\w*|слоты)\b|nhà cái|cá cược|nổ hũ|xóc đĩa|tài xỉu"
    r"|игровые автоматы|คาสิโน|สล็อต|บาคาร่า|แทงบอล|เว็บตรง|카지노|바카라|토토|슬롯|먹튀|カジノ|パチスロ"
    r"|娱乐城|娛樂城|博彩|赌场|賭場|百家乐|百家樂|老虎机|老虎機|棋牌|体育投注|體育投注|真人荷官|真人视讯|真人視訊"
    r"|新葡京|威尼斯人|六合彩|时时彩|時時彩|北京赛车|电子游艺|電子遊藝|彩票平台|下注|返水"
)
GAMBLING_NAME = re.compile(
    r"casino|slot|poker|togel|judi|sbobet|betting|[0-9]bet|bet[0-9]|lottery|w88"
)
