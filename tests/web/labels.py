"""What each page of the small web deserves."""

from dataclasses import dataclass

from linkcheck.model.link import Role
from linkcheck.model.live import LiveSubject
from linkcheck.model.verdict import LiveVerdict

_V = LiveVerdict


@dataclass(frozen=True)
class Label:
    """One page, its verdict, and what it is there for."""

    url: str
    verdict: LiveVerdict
    what: str
    role: Role = Role.LINK
    hint: str = ""

    @property
    def subject(self) -> LiveSubject:
        return LiveSubject(original=self.url, roles=(self.role,), hint=self.hint)


def _labels() -> tuple[Label, ...]:
    news = "https://news.internal"
    # fmt: off
    rows: tuple[tuple[str, LiveVerdict, str], ...] = (
        (f"{news}/",                          _V.ALIVE,     "front page of a sound site"),
        (f"{news}/article/1",                 _V.ALIVE,     "article"),
        (f"{news}/article/7",                 _V.ALIVE,     "article"),
        (f"{news}/article/9",                 _V.ALIVE,     "article"),
        (f"{news}/short",                     _V.ALIVE,     "a real page of one sentence"),
        (f"{news}/missing/old-story",         _V.GONE,      "honest 404"),
        (f"{news}/missing/other-story",       _V.GONE,      "honest 404"),
        (f"{news}/missing/third-story",       _V.GONE,      "honest 404"),
        (f"{news}/removed",                   _V.GONE,      "410"),
        (f"{news}/old-path",                  _V.MOVED,     "permanent redirect"),
        (f"{news}/temp",                      _V.MOVED,     "temporary redirect"),
        (f"{news}/refresh",                   _V.MOVED,     "meta refresh"),
        (f"{news}/dir",                       _V.ALIVE,     "slash added"),
        (f"{news}/empty",                     _V.UNKNOWN,   "empty 200"),
        (f"{news}/errors-explained",          _V.ALIVE,     "an article about error 404"),
        (f"{news}/casino-law",                _V.ALIVE,     "an article about casinos"),
        (f"{news}/domain-prices",             _V.ALIVE,     "an article about domains for sale"),
        (f"{news}/parked-cars",               _V.ALIVE,     "an article about parking cars"),
        (f"{news}/cookies",                   _V.ALIVE,     "a page with a cookie banner"),
        (f"{news}/slow",                      _V.ALIVE,     "GET slow"),
        (f"{news}/head-no",                   _V.ALIVE,     "HEAD forbidden"),
        (f"{news}/head-lies",                 _V.ALIVE,     "HEAD lies"),
        (f"{news}/legal",                     _V.BLOCKED,   "451"),
        (f"{news}/paid",                      _V.BLOCKED,   "402"),
        (f"{news}/members",                   _V.BLOCKED,   "401"),
        (f"{news}/private",                   _V.BLOCKED,   "403"),
        (f"{news}/account",                   _V.BLOCKED,   "login redirect"),
        (f"{news}/fault",                     _V.BROKEN,    "500"),
        (f"{news}/busy",                      _V.BROKEN,    "503"),
        (f"{news}/strange",                   _V.UNKNOWN,   "400"),
        (f"{news}/circle",                    _V.BROKEN,    "redirects in a circle"),
        (f"{news}/endless",                   _V.BROKEN,    "endless redirects, changing query"),
        (f"{news}/latin",                    _V.MOVED,     "Location in Latin-1"),
        (f"{news}/untyped",                  _V.ALIVE,     "page without a type"),
        (f"{news}/dead-end",                  _V.BROKEN,    "redirect to a name that nobody has"),
        ("http://upgrade.internal/a",          _V.ALIVE,     "http to https"),
        ("http://upgrade.internal/b",          _V.GONE,      "http to https, 404"),
        ("https://bare.internal/a",            _V.ALIVE,     "www added"),
        ("https://tongues.internal/",          _V.ALIVE,     "front page in its language"),
        ("https://soft.internal/real",         _V.ALIVE,     "real page beside 200 errors"),
        ("https://soft.internal/tiny",         _V.ALIVE,     "tiny real page beside 200 errors"),
        ("https://soft.internal/index.html",   _V.ALIVE,     "front page beside 200 errors"),
        ("https://soft.internal/lost/one",     _V.SOFT_GONE, "200 error page"),
        ("https://soft.internal/lost/two",     _V.SOFT_GONE, "200 error page"),
        ("https://gallery.internal/photo/1",  _V.ALIVE,     "differs by its picture only"),
        ("https://gallery.internal/lost",     _V.SOFT_GONE, "the same without a picture"),
        ("https://repairs.internal/a",        _V.UNKNOWN,   "maintenance with 200"),
        ("https://noisy.internal/real",        _V.ALIVE,     "real page, changing 200 errors"),
        ("https://noisy.internal/lost",        _V.SOFT_GONE, "200 error page that changes"),
        ("https://toroot.internal/kept",       _V.ALIVE,     "redirect to root only for others"),
        ("https://toroot.internal/lost/page",  _V.SOFT_GONE, "redirect to root for missing pages"),
        ("https://errorpage.internal/real",    _V.ALIVE,     "real page, errors redirected"),
        ("https://errorpage.internal/lost",    _V.SOFT_GONE, "redirect to /404.html with 200"),
        ("https://expired.internal/2009/old",  _V.UNKNOWN,   "old article led to the front page"),
        ("https://expired.internal/new",       _V.ALIVE,     "new article of the same site"),
        ("https://lone-soft.internal/x",       _V.SOFT_GONE, "200 error page, single link"),
        ("http://gbk.internal/news/1.html",    _V.SOFT_GONE, "200 error page in Chinese, GBK"),
        ("https://spa.internal/view",          _V.UNKNOWN,   "single-page shell for everything"),
        ("https://spa.internal/list",          _V.UNKNOWN,   "single-page shell for everything"),
        ("https://shop.internal/item/1",      _V.UNKNOWN,   "shell with a head and a foot"),
        ("https://shop.internal/item/2",      _V.UNKNOWN,   "shell with a head and a foot"),
        ("https://honest-spa.internal/view",   _V.ALIVE,     "single-page site with honest 404"),
        ("https://honest-spa.internal/nope",   _V.GONE,      "single-page site with honest 404"),
        ("http://parked.internal/a/b",         _V.USURPED,   "parking page"),
        ("http://parked.internal/c",           _V.USURPED,   "parking page"),
        ("http://lander.internal/story",       _V.USURPED,   "parking by script"),
        ("http://german.internal/a",           _V.USURPED,   "for sale, in German"),
        ("http://chinese.internal/a",          _V.USURPED,   "for sale, in Chinese"),
        ("http://was.internal/story",          _V.USURPED,   "redirect to a parking host"),
        ("https://gazette.internal/1999/a",    _V.USURPED,   "casino on a newspaper's name"),
        ("https://gazette.internal/1999/b",    _V.USURPED,   "casino on a newspaper's name"),
        ("https://wanbao.internal/1.html",     _V.USURPED,   "casino in Chinese"),
        ("https://short.internal/abc",         _V.MOVED,     "link shortener"),
        ("https://short.internal/zzz",         _V.GONE,      "link shortener, unknown word"),
        ("https://oldname.internal/a",         _V.MOVED,     "renamed host"),
        ("https://oldname.internal/z",         _V.GONE,      "renamed host, page left behind"),
        ("https://bought.internal/deep/page",  _V.SOFT_GONE, "everything to another front page"),
        ("https://bought.internal/deep/other", _V.SOFT_GONE, "everything to another front page"),
        ("https://doi.internal/10.1000/182",   _V.MOVED,     "DOI"),
        ("https://cloud.internal/a",           _V.BLOCKED,   "cf-mitigated challenge"),
        ("https://cloud.internal/b",           _V.BLOCKED,   "cf-mitigated challenge"),
        ("https://mute.internal/a",            _V.BLOCKED,   "challenge with 503"),
        ("https://captcha.internal/a",         _V.BLOCKED,   "captcha with 200"),
        ("https://captcha.internal/b",         _V.BLOCKED,   "captcha with 200"),
        ("https://cookiewall.internal/a",      _V.BLOCKED,   "cookie wall with 200"),
        ("https://portal.internal/a",          _V.BLOCKED,   "redirect to a consent host"),
        ("https://forum.internal/t/1",         _V.BLOCKED,   "login wall with 200"),
        ("https://intranet.internal/doc",      _V.BLOCKED,   "login redirect for everything"),
        ("https://intranet.internal/doc2",     _V.BLOCKED,   "login redirect for everything"),
        ("https://microblog.internal/u/1",    _V.BLOCKED,   "visitors' counter for everything"),
        ("https://microblog.internal/u/2",    _V.BLOCKED,   "visitors' counter for everything"),
        ("https://wine.internal/red",         _V.BLOCKED,   "age gate for everything"),
        ("https://wine.internal/white",       _V.BLOCKED,   "age gate for everything"),
        ("https://picky.internal/a",           _V.BLOCKED,   "403 unless it is a browser"),
        ("https://region.internal/a",          _V.BLOCKED,   "country block with 200"),
        ("https://linked.internal/in/a",       _V.BLOCKED,   "999"),
        ("https://rate.internal/p1",           _V.ALIVE,     "before the rate limit"),
        ("https://rate.internal/p2",           _V.ALIVE,     "before the rate limit"),
        ("https://rate.internal/p3",           _V.UNKNOWN,   "rate limit on the fifth request"),
        ("https://rate.internal/p4",           _V.UNKNOWN,   "rate limit after the fifth request"),
        ("https://cookies.internal/a",         _V.BROKEN,    "redirects to itself for a cookie"),
        ("https://dying.internal/a",           _V.BROKEN,    "503 for everything"),
        ("https://dying.internal/b",           _V.BROKEN,    "503 for everything"),
        ("https://cleared.internal/a",         _V.GONE,      "404 for everything"),
        ("https://cleared.internal/b",         _V.GONE,      "404 for everything"),
        ("https://notice.internal/",           _V.ALIVE,     "front page of a closed site"),
        ("https://notice.internal/story/1",    _V.SOFT_GONE, "one notice for everything"),
        ("https://silent.internal/a",          _V.UNKNOWN,   "accepts and says nothing"),
        ("https://reset.internal/a",           _V.UNKNOWN,   "resets"),
        ("http://garbled.internal/a",          _V.BROKEN,    "no HTTP"),
        ("https://half.internal/a",            _V.BROKEN,    "https refused, http answers"),
        ("https://half.internal/b",            _V.BROKEN,    "https refused, http answers"),
        ("https://refused.internal/a",         _V.HOST_GONE, "connection refused"),
        ("https://refused.internal/b",         _V.HOST_GONE, "connection refused"),
        ("http://lone-refused.internal/a",     _V.HOST_GONE, "connection refused, one link"),
        ("https://nobody.internal/a",          _V.HOST_GONE, "no such name"),
        ("https://nobody.internal/b",          _V.HOST_GONE, "no such name"),
        ("http://lone-nobody.internal/a",      _V.HOST_GONE, "no such name, one link"),
        ("https://servfail.internal/a",        _V.UNKNOWN,   "SERVFAIL"),
        ("https://expired-tls.internal/a",     _V.BROKEN,    "certificate expired"),
        ("https://unsigned.internal/a",        _V.BROKEN,    "certificate self-signed"),
        ("https://misnamed.internal/a",        _V.BROKEN,    "certificate of another name"),
    )
    figures: tuple[tuple[str, LiveVerdict, str], ...] = (
        (f"{news}/photo.jpg",                 _V.ALIVE,     "figure"),
        (f"{news}/photo-page.jpg",            _V.UNKNOWN,   "a page where a figure was meant"),
        (f"{news}/photo-lost.jpg",            _V.GONE,      "figure, 404"),
        ("https://spa.internal/logo.png",     _V.UNKNOWN,   "figure on a single-page site"),
        ("https://hanging.internal/x.jpg",     _V.ALIVE,     "HEAD is never answered"),
        ("https://soft.internal/lost.jpg",      _V.SOFT_GONE, "200 error page for a figure"),
    )
    # fmt: on
    titles = (
        "Ministers meet on the harbour",
        "Old bridge closed until May",
        "Market hall burns down",
    )
    return (
        *(Label(url, verdict, what) for url, verdict, what in rows),
        *(Label(url, verdict, what, Role.IMAGE) for url, verdict, what in figures),
        *(
            Label(
                f"https://reborn.internal/{1990 + place}/story",
                _V.USURPED,
                "nothing of what stood there",
                Role.ORIGINAL_URL,
                title,
            )
            for place, title in enumerate(titles)
        ),
    )


LABELS = _labels()
