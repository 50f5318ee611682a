"""Text for pages: different for every name, and long enough to be somebody's own."""

WORDS = (
    "harbour minister bridge teacher winter letter village orchard railway evening council kitchen "
    "painter island market shadow window captain garden silver thunder paper mountain river story "
    "engine school doctor lantern forest money question answer witness season court morning factory"
).split()


def text(name: str, count: int = 150) -> str:
    """Return words in an order that only this name has."""
    seed = sum(ord(letter) * (place + 7) for place, letter in enumerate(name))
    picked = []
    for place in range(count):
        seed = (seed * 1_103_515_245 + 12_345 + place) % (1 << 31)
        picked.append(WORDS[seed // 65_536 % len(WORDS)])
    return " ".join(picked)


def page(title: str, *paragraphs: str, head: str = "", menu: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav>{menu}</nav><h1>{title}</h1>{body}</body></html>"
    )


def story(name: str, *, menu: str = "") -> str:
    return page(f"Report on {name}", text(name), text(name + " again"), menu=menu)
