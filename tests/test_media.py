import gzip
import struct

import pytest

from linkcheck.media import HEAD, TAIL, is_short, sniff, weigh
from linkcheck.model.content import Medium
from linkcheck.model.playback import Answer, PlaybackReading
from tests.answers import ASKED, reply

FILL = bytes(range(1, 255)) * 40
SCAN = b"\x12\xff\x00\x34" * 3000


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


# All synthetic: magic, filling, and the end that the form has.
WHOLE = {
    "jpeg": b"\xff\xd8\xff\xe0" + SCAN + b"\xff\xd9",
    "png": b"\x89PNG\r\n\x1a\n" + FILL + b"\x00\x00\x00\x00IEND\xaeB`\x82",
    "gif": b"GIF89a" + FILL + b"\x00\x3b",
    "webp": b"RIFF" + struct.pack("<I", 4 + len(FILL)) + b"WEBP" + FILL,
    "avif": box(b"ftyp", b"avif\x00\x00\x00\x00avifmif1") + box(b"mdat", FILL),
    "heic": box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + box(b"mdat", FILL),
    "svg": b"<?xml version='1.0'?>\n<svg xmlns='x'>" + b"<g/>" * 2000 + b"</svg>\n",
    "bmp": b"BM" + struct.pack("<I", 6 + len(FILL)) + FILL,
    "pdf": b"%PDF-1.4\n" + FILL + b"\nstartxref\n0\n%%EOF\n",
}
MEDIA = {"pdf": Medium.PDF}


def seen(body: bytes) -> tuple[Medium, str, bool | None]:
    found = sniff(body[:HEAD], body[-TAIL:], len(body))
    return found.medium, found.form, found.whole


@pytest.mark.parametrize("form", WHOLE)
def test_forms_and_their_ends(form: str) -> None:
    body, medium = WHOLE[form], MEDIA.get(form, Medium.IMAGE)
    assert seen(body) == (medium, form, True if form not in {"avif", "heic"} else seen(body)[2])
    assert seen(body)[2] is not False
    assert seen(body[: len(body) // 2]) == (medium, form, False)


def test_a_box_that_ends_with_the_file_is_whole() -> None:
    small = box(b"ftyp", b"avif\x00\x00\x00\x00") + box(b"mdat", b"x" * 50)
    assert seen(small) == (Medium.IMAGE, "avif", True)
    assert seen(small[:-1]) == (Medium.IMAGE, "avif", False)


def test_boxes_without_a_plain_size() -> None:
    brand = box(b"ftyp", b"avif\x00\x00\x00\x00")
    long = struct.pack(">I4sQ", 1, b"mdat", 16 + 50) + b"x" * 50
    assert seen(brand + long)[2] is True
    assert seen(brand + struct.pack(">I4s", 0, b"mdat") + b"x" * 50)[2] is None
    assert seen(brand + struct.pack(">I4s", 4, b"mdat") + b"x" * 50)[2] is False


ENTITIES = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd" [\n%s]>\n' % (
    b'  <!ENTITY ns_svg "http://www.w3.org/2000/svg">\n' * 3
)


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (ENTITIES + b"<svg xmlns='&ns_svg;'><g/></svg>", True),  # as drawing programs write it
        (b"<?xml version='1.0'?>\n<!-- x -->\n" + ENTITIES + b"<svg><g/></svg >\n", True),
        (ENTITIES + b"<svg><g/>", False),
        (b"<svg:svg xmlns:svg='x'><svg:g/></svg:svg>", True),
        (b"<svg width='1' height='1'/>\n", True),
        (b"<svg><path d='M 0", False),
        ("\ufeff<?xml version='1.0'?><svg></svg>".encode("utf-16-le"), True),
    ],
)
def test_drawings(body: bytes, whole: bool) -> None:  # noqa: FBT001 - expected
    assert seen(body) == (Medium.IMAGE, "svg", whole)


def test_a_page_that_scripts_fill() -> None:
    for root in (
        "<div id=root></div>",
        "<main class=x id='__next'>\n</main>",
        "<app-root></app-root>",
    ):
        assert seen(f"<html><body>{root}<script>".encode())[:2] == (Medium.HTML, "frame")
    for body in ("<div id=root><p>Text</p></div>", "<div id=fb-root></div>"):
        assert seen(f"<html><body>{body}<script>".encode())[:2] == (Medium.HTML, "html")


def test_what_a_server_appends_does_not_cut_a_gif() -> None:
    assert seen(WHOLE["gif"] + b"<!-- served from the cache -->")[2] is None


def test_what_a_camera_appends_does_not_cut_a_jpeg() -> None:
    assert seen(WHOLE["jpeg"] + b"MotionPhoto\xff\xaa" + FILL * 2)[2] is None


@pytest.mark.parametrize(
    ("body", "medium"),
    [
        (b"<!DOCTYPE html><html>", Medium.HTML),
        (b"\xef\xbb\xbf\n <!-- x --> <HTML>", Medium.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html>", Medium.HTML),
        (b"Not Found", Medium.TEXT),
        ("找不到".encode(), Medium.TEXT),
        (b"", Medium.NOTHING),
        (b"  \n ", Medium.NOTHING),
        (b"\x00\x01\x02\x03rest", Medium.OTHER),
        (box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41") + b"x", Medium.VIDEO),
        (box(b"ftyp", b"M4A \x00\x00\x02\x00isom"), Medium.AUDIO),
        (b"\x1aE\xdf\xa3webm", Medium.VIDEO),
        (b"FLV\x01", Medium.VIDEO),
        (b"RIFF\x00\x00\x00\x00AVI ", Medium.VIDEO),
        (b"ID3\x03", Medium.AUDIO),
        (b"II*\x00", Medium.IMAGE),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n\x00\x00\x00\x14ftyp", Medium.IMAGE),
        ("\ufeff<html><title>404</title>".encode("utf-16-le"), Medium.HTML),
        ("\ufeff\n<!DOCTYPE html>".encode("utf-16-be"), Medium.HTML),
        (b"\xff\xfe" + "三言兩語".encode("utf-16-le"), Medium.OTHER),
        (b"\r\n%PDF-1.4\n1 0 obj", Medium.PDF),
    ],
)
def test_kinds(body: bytes, medium: Medium) -> None:
    assert seen(body)[0] is medium


@pytest.mark.parametrize(
    ("size", "promised", "short"),
    [
        (267, "267", False),
        (266, "267", True),
        (300, "267", False),
        (5, "-1", None),  # liveweb records, 2015
        (5, None, None),
        (5, "many", None),
        (5, "²", None),
    ],
)
def test_the_origins_own_length(size: int, promised: str | None, short: bool | None) -> None:  # noqa: FBT001 - expected
    assert is_short(size, promised) is short


def played(length: str | None = None) -> PlaybackReading:
    origin = () if length is None else (("content-length", length),)
    return PlaybackReading(
        asked=ASKED, answer=Answer.CAPTURE, status=200, media_type="image/jpeg", origin=origin
    )


def test_a_body_is_weighed_by_its_bytes() -> None:
    whole = weigh(reply(WHOLE["jpeg"]), played(str(len(WHOLE["jpeg"]))))
    assert (whole.sniffed.whole, whole.short, whole.declared) == (True, False, "image/jpeg")
    cut = weigh(reply(WHOLE["jpeg"][:5000]), played(str(len(WHOLE["jpeg"]))))
    assert (cut.sniffed.whole, cut.short) == (False, True)
    html = weigh(reply(b"<html>404</html>"), played())
    assert html.sniffed.medium is Medium.HTML


def test_a_body_packed_on_the_way_is_not_short() -> None:
    # 2020-09: 13,319 bytes of gzip on the wire, 67,912 promised by the origin (epa.gov).
    page = b"<html>" + b"fact sheet " * 6000
    wire = reply(gzip.compress(page), ("Content-Encoding", "gzip"))
    assert weigh(wire, played(str(len(page)))).short is False
    assert weigh(wire, played(str(len(page) + 1))).short is True


def test_our_own_cap_is_no_fault_of_the_capture() -> None:
    content = weigh(reply(WHOLE["jpeg"][:5000], truncated=True), played("12002"))
    assert (content.sniffed.whole, content.short, content.cut) == (None, None, True)


def test_packed_pages_are_unpacked_and_broken_ones_not_condemned() -> None:
    gz = ("Content-Encoding", "gzip")
    assert weigh(reply(gzip.compress(b"<html>x"), gz), played()).sniffed.medium is Medium.HTML
    # Brotli is not read; a plain body may be said to be packed so.
    br = ("Content-Encoding", "br")
    assert weigh(reply(b"\x8b\x0d\x80few bytes", br), played()).sniffed.medium is Medium.OTHER
    assert weigh(reply(WHOLE["jpeg"], br), played()).sniffed.medium is Medium.IMAGE
    broken = weigh(reply(gzip.compress(b"<html>" * 999)[:30], gz), played())
    assert broken.cut


@pytest.mark.timeout(10)
def test_comments_without_end_cost_no_time() -> None:
    head = b"<!-- -->" * 500 + b"<"
    assert sniff(head, head, len(head)).medium is Medium.TEXT
