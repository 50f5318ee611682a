"""Articles of our own for the text witness: synthetic, so that its test says something anywhere."""

from linkcheck.readers.markdown import READER
from tests.witness_pairs import Story, story

CHINESE = {
    "渡輪碼頭清晨停航　居民改乘巴士上班": """
海灣渡輪公司昨晚宣布，由於碼頭浮台的錨鏈鬆脫，今日清晨起所有航班停駛。公司工程師連夜檢查，發現其中兩條鏈已經嚴重鏽蝕，需要潛水員落海更換。

住在島上的林太太說，她五時半到碼頭才知道消息，只好與鄰居合租一輛貨車，繞過山路到隧道口轉車。「以前颱風過後也停過，但從來沒有停一整天。」她希望公司盡快公布復航時間。

運輸署表示已要求三間巴士公司加密班次，並在隧道口設立臨時上落站。署方又說，渡輪公司上月才提交年度驗船報告，報告沒有提及浮台的問題，因此會要求公司解釋。

渡輪公司經理何先生承認檢查並不包括錨鏈。他估計更換工程需時三十小時，若天氣許可，後日早上可以恢復正常服務，月票乘客可獲退還兩日票價。

區議員建議長遠應在島的東面另建小型碼頭，以免全島七千居民倚賴單一出口。政府回覆指研究仍在進行，暫時未有時間表。
""",
    "舊書店結業前夕　街坊排隊送別掌櫃": """
開業四十一年的文海書店將於月底結業，掌櫃周伯昨日照常十時開門，門外卻已排了百多人。有中學生捧着剛買的舊字典，有老教師特地從外地回來，只為說一聲多謝。

周伯今年七十八歲，年輕時在印刷廠執字粒，後來用積蓄頂下這個兩百呎的舖位。他說店裡最值錢的不是絕版書，而是夾在書頁中的車票、情信和照片，他全部用信封裝好，等失主回來認領。

業主把租金加了一倍，周伯不怪對方，只說時代轉了。「從前一日賣五十本，現在五日也賣不到十本，年輕人要看的東西都在電話裡。」他會把餘下三萬多冊書捐給六間山區學校。

最後一位顧客是十歲的女孩，她用零用錢買了一本昆蟲圖鑑。周伯沒有收錢，只要她答應看完之後，再送給另一個喜歡蟲子的小朋友。
""",
    "水塘水位創新低　農戶輪流灌溉": """
連續三個月少雨，北面水塘的存水量跌至兩成一，是有紀錄以來同期最低。水務部門由今日起實施夜間減壓，並呼籲市民縮短淋浴時間。

下游的四十多戶農民已自行訂立輪水表，每戶隔日可以抽水兩小時。種植西洋菜的陳先生說，去年此時水深及膝，如今只到腳踝，菜苗有一半已經枯黃。

氣象專家解釋，今年副熱帶高壓偏強，水氣都往北走，最快要到下月中才有明顯降雨。她提醒，即使下雨，乾透的泥土也會先吸走大部分的水，水塘不會立即回升。

環保團體批評政府多年來沒有修補漏水的舊水管，每年白白流走的食水足夠全區使用四個月。部門回應說，更換工程已完成七成，餘下的路段涉及繁忙街道，需要分段施工。
""",
}
ENGLISH = {
    "Night ferry returns after eleven years": """
The night ferry between the two harbours sailed again on Friday, eleven years after the last boat
was tied up for good. More than three hundred passengers, many of them carrying lanterns, filled
both decks an hour before departure.

Captain Ines Duarte, who had steered the final crossing as a young officer, said the route had
hardly changed but the lights along the shore had doubled. She slowed the engines twice so that
children could see the old signal tower.

The council pays a third of the fare until next spring. After that the company must decide whether
the line can live on its own earnings, and its accountants are careful people. Freight will matter
more than romance, they warned.

Shopkeepers on the quay have already stayed open late. A baker who had planned to retire hired two
apprentices instead, and the night market, closed for a decade, asked for its licence back on
Monday morning.
""",
    "Village archive finds its missing century": """
For as long as anyone remembered, the parish registers jumped from one flood to the next, leaving
a gap of almost a hundred years. Last week a carpenter who was repairing the bell frame found four
boxes behind a false wall.

Inside were baptisms, burials and a ledger of debts written in three different hands. The paper is
dry and the ink has held, according to the regional conservator, who spent two days photographing
every page before anything was moved.

Families have begun to call from abroad. One woman hopes to learn why her great grandmother left
in winter with a single coin; another wants to know whether the mill ever belonged to his people,
as the songs insist.

The boxes will stay in the vestry until a fireproof cabinet arrives. Volunteers are being taught
to read the old script on Thursday evenings, and the first transcriptions should be online by the
end of the year.
""",
}


def own_stories() -> tuple[Story, ...]:
    """Return them as the collection would have them."""
    return tuple(
        story(READER.read(_source(title, text).encode(), f"{at}.md"))
        for at, (title, text) in enumerate((CHINESE | ENGLISH).items())
    )


def _source(title: str, text: str) -> str:
    figure = '<figure>\n<img src="/a.jpg" alt="">\n<figcaption>圖片說明</figcaption>\n</figure>'
    closing = (
        "---\n\n請加入成為本報的月費訂戶，長期支持我們的工作。\n\n[subscribe](/aboutus/#subscribe)"
    )
    front = f'---\ntitle: "{title}"\ntags:\n  - "test"\n---\n'
    return f"{front}\n# {title}\n\n{figure}\n{text}\n\n{closing}\n"
