"""Pages that are players: the page may be captured where the film never was."""

import re
from functools import lru_cache

_PLAYER = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*(?:"
    r"youtube(?:-nocookie)?\.com/(?:embed|watch|shorts|live|v)\b|youtu\.be/."
    r"|player\.vimeo\.com/|vimeo\.com/\d|dailymotion\.com/(?:embed|video)|dai\.ly/."
    r"|facebook\.com/(?:plugins/video|watch|video|[^/?#]+/videos)|fb\.watch/."
    r"|instagram\.com/(?:tv|reel)|tiktok\.com/(?:embed|@[^/]+/video)|twitch\.tv/"
    r"|bilibili\.com/|embed\.ted\.com/|streamable\.com/.|rumble\.com/embed|brightcove\.net/"
    r")",
    re.IGNORECASE,
)
_FILM = re.compile(r"\.(?:mp4|m4v|webm|ogv|mov|avi|flv|mkv|m3u8|mpd)(?:[?#]|$)", re.IGNORECASE)


@lru_cache(maxsize=256)  # all wants of a page have one original
def is_player(url: str) -> bool:
    """Tell whether a URL, archived or not, is a player's page rather than a film's own file."""
    return _PLAYER.search(url) is not None


def is_film(url: str) -> bool:
    """Tell whether a URL ends like a film's own file."""
    return _FILM.search(url) is not None
