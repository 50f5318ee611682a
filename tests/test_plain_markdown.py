import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.links import markdown
from linkcheck.links.markdown import _Walk, markdown_mentions
from linkcheck.links.mention import Mention
from linkcheck.links.plain_markdown import plain_links

PIECES = (
    *("[a](b)", "![a|b](http://x.org/漢)", '[a](/b "t")', "[a](b)(c)", "](", "[", "]", "(", ")"),
    *("!", "\n", "\n\n", " ", "    ", "\t", "- ", "* ", "> ", "1. ", "10) ", "# ", "|", "|--|"),
    *("--", ":-:", "===", "*", "**", "_", "~", "~~", "~~~", "^", "[^1]", "[x]: /y", "[x]", ":"),
    *("&amp;", "&copy", "&", '"', "'", "http://x.org/a", "www.x.org", "漢字", "\u3000", "\u2028"),
    *(
        "\x0b",
        "\x0c",
        "\x85",
        "\xa0",
        "\x01",
        "\x7f",
        "xxxx",
        "{{< a src=/web/2020/http://x.org >}}",
    ),
    '\n\n<figure><img src="/a.jpg"></figure>\n\n',
)
HIDDEN = (
    "`[a](b)`",
    "\\[a](b)",
    "<!-- [a](b) -->",
    "~~~\n[a](b)\n~~~",
    "    [a](b)",
    "-     [a](b)",
    ">     [a](b)",
    "1.\t\t[a](b)",
    "[a]: /x\n[a](b)",
    "[^a](b)",
    "[a|b](c)\n-|-",
    "> [a|b](c)\n> -|-",
    "[a](b&amp;c)",
    "[a [b](c)](d)",
    "[a\nb](c)",
    "[a](b\rc)",
)
PLAIN = (
    ("[a](b)", ["b"]),
    ("![a|b](/c?d=1&e=2) and [](f)", ["/c?d=1&e=2", "f"]),
    ('# [a](b "title")\n\n- [c](d)', ["b", "d"]),
    ("(see [a](https://x.org/漢字))", ["https://x.org/漢字"]),
    ("[a] [b](c)", ["c"]),
    ("a | b\n\n---\n\n[c](d)", ["d"]),
)


def parsed(body: bytes) -> list[Mention]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "plain_links", lambda _: None)
        return markdown_mentions(body)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=1000)
def test_what_is_read_without_the_parser_is_what_the_parser_reads(text: str) -> None:
    body = text.encode()
    if plain_links(_Walk(body).masked) is not None:
        assert markdown_mentions(body) == parsed(body)


@pytest.mark.parametrize("text", HIDDEN)
def test_a_body_in_which_links_can_hide_is_left_to_the_parser(text: str) -> None:
    assert plain_links(text.encode()) is None


@pytest.mark.parametrize(("text", "places"), PLAIN)
def test_a_plain_body_needs_no_parser(text: str, places: list[str]) -> None:
    body = text.encode()
    found = plain_links(body)
    assert found is not None
    assert [body[slice(*link.place)].decode() for link in found] == places
    assert markdown_mentions(body) == parsed(body)
