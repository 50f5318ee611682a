"""How articles are found and read."""

from dataclasses import dataclass, field

from linkcheck.model.link import Role

Keys = tuple[tuple[Role, tuple[str, ...]], ...]

# The keys that people's front matter gives these roles, dotted where they are nested.
DEFAULT_KEYS: Keys = (
    (Role.URL, ("url", "archive_url", "archived_url")),
    (Role.ORIGINAL_URL, ("original_url", "source_url", "canonical_url")),
    (Role.IMAGE, ("image", "images", "cover", "cover.image", "featured_image", "thumbnail")),
    (Role.VIDEO, ("video", "videos")),
    (Role.LINK, ("link", "links")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How articles are found and read."""

    max_file_bytes: int = 32 * 1024 * 1024
    """Larger files are no articles. Parsing takes some five times a file's size in memory, of one
    that is nothing but links twenty times."""

    keys: Keys = DEFAULT_KEYS
    """Which front matter keys hold which role."""

    roles: dict[str, Role] = field(init=False, repr=False, compare=False)
    """The same the other way round: the role of each key."""

    date_keys: tuple[str, ...] = ("date", "published", "pubdate", "publish_date")
    """Which front matter key holds the day of publication; the first that is there counts."""

    title_keys: tuple[str, ...] = ("title", "headline")
    """Which front matter key holds the title; the first that is there counts."""

    def __post_init__(self) -> None:
        if self.max_file_bytes < 1:
            raise ValueError("max_file_bytes must be above 0")
        roles = {key: role for role, keys in self.keys for key in keys}
        object.__setattr__(self, "roles", roles)
