"""Whether our own network is well: controls that should answer, and names that should not."""

from collections.abc import Sequence

from linkcheck.lanes.live.draw import token
from linkcheck.lanes.live.questions import Questions
from linkcheck.lanes.live.reading import Seen, compare
from linkcheck.model.live import Reach
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live_way import same_site
from linkcheck.verdicts.live_weighing import same_answer

_GONE = frozenset({404, 410})


class Controls:
    """Know what a sound network looks like, and whoever answers in others' names."""

    def __init__(
        self,
        questions: Questions,
        settings: LiveSettings,
        *,
        urls: Sequence[str],
        behind_proxy: bool,
        seed: str,
    ) -> None:
        self.proxied = behind_proxy
        self.plain_lies = False  # somebody on the way answers what goes in plain, as seen last
        self._plain_lied = (
            False  # and as seen at first: a replay sees the later looks at other times
        )
        self._questions = questions
        self._settings = settings
        self._urls = tuple(urls)
        self._seed = seed
        self._liars: list[Seen] = []

    async def begin(self) -> Reach | None:
        """Tell whether anything can be reached at all, and whether somebody lies about names."""
        reach = await self.check()
        self._plain_lied = self.plain_lies
        if reach in {None, Reach.FAILED} or self.proxied:
            return reach  # behind a proxy it is the proxy's resolver that would lie, and its page
        for number, name in enumerate(self._settings.no_such_names):
            host = name.format(token=token(self._seed, "name", number))
            seen = await self._questions.get(f"http://{host}/", whole=True)
            if seen is not None and seen.answer.status is not None:
                self._liars.append(seen)
        # The liar may have answered for the control too.
        return await self.check() if self._liars else reach

    async def check(self) -> Reach | None:
        """Tell whether a control answers as it should; the first that does is enough.

        None where the run may ask no more.
        """
        if not self._urls:
            return Reach.UNPROVEN
        for url in self._urls:
            seen = await self._questions.control(url)
            if seen is None:
                return None
            if self._sound(url, seen):
                return Reach.PROVEN if await self._check_plain(url, seen) else None
        return Reach.FAILED

    async def _check_plain(self, url: str, secure: Seen) -> bool:
        """See whether somebody on the way answers what goes in plain; False at the run's end.

        An operator's plain door leads to its other one, or shows the same; it may be closed, or
        have had enough of us. Whoever has another page there, or none, is not the operator.
        """
        if not url.startswith("https:"):
            return True
        seen = await self._questions.control("http:" + url.removeprefix("https:"))
        if seen is None:
            return False
        answer, final = seen.answer, seen.answer.final_url or ""
        if answer.status is None:
            return True
        plain = final.startswith("http:")
        another = plain and (
            answer.status in _GONE or (seen.good and answer.title != secure.answer.title)
        )
        self.plain_lies = another or not same_site(url, final)
        return True

    @property
    def reach(self) -> Reach:
        """Return what a host's silence is worth: behind a proxy there is no word of the name."""
        return Reach.UNPROVEN if self.proxied or not self._urls else Reach.PROVEN

    def lied(self, seen: Seen) -> bool:
        """Tell an answer of whoever also answers for a name that cannot exist."""
        answer = seen.answer
        if answer.secure or answer.status is None:
            return False
        return self._plain_lied or any(self._alike(seen, liar) for liar in self._liars)

    def _sound(self, url: str, seen: Seen) -> bool:
        answer = seen.answer
        certain = answer.secure or not url.startswith("https:")
        at_home = answer.final_url is not None and same_site(url, answer.final_url)
        return seen.good and certain and at_home and not self.lied(seen)

    def _alike(self, seen: Seen, liar: Seen) -> bool:
        address = seen.answer.address
        if address is not None and _machine(address) == _machine(liar.answer.address or ""):
            return True
        if seen.answer.status != liar.answer.status:
            return False
        compared = compare(seen, liar, None)
        return compared is not None and bool(same_answer(compared, self._settings))


def _machine(address: str) -> str:
    return address.rpartition(":")[0]
