"""From where a run looked at the web: its answers depend on it. The machine's name is left out."""

from linkcheck.model.noun import Noun


class Vantage(Noun, frozen=True, kw_only=True):
    """What a reader must know of the place to weigh an answer, and a repetition to compare."""

    time_zone: str  # "UTC+08:00": where it stands on the earth, roughly
    resolvers: tuple[str, ...] = ()  # who was asked for names
    proxies: tuple[str, ...] = ()  # schemes that go through one
    ipv4: bool  # there is a way out by it
    ipv6: bool
