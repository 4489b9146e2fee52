from __future__ import annotations

import pytest

from quiz.core.html_text import html_from_markdown, markdown_from_html, plain_from_html, text_as


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>a &amp; b</p><p>c<br>d</p>", "a & b\n\nc\nd"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ('<img src="a.png" alt="map">', "[map]"),
        ("a<script>b</script>c", "ac"),
        ("a < b", "a < b"),
    ],
)
def test_html_is_shown_as_plain_text(html, plain):
    assert plain_from_html(html) == plain


def test_html_becomes_markdown():
    assert markdown_from_html('<p><b>a</b> <a href="x">b</a></p>') == ("**a** [b](x)", False)
    assert markdown_from_html("<table><tr><td>a</td></tr></table>")[1]


def test_markdown_becomes_html():
    assert html_from_markdown("**a** *b*\n\n![c](d.png) <e>") == (
        '<p><strong>a</strong> <em>b</em></p><p><img src="d.png" alt="c"> &lt;e&gt;</p>'
    )


@pytest.mark.parametrize(
    ("text", "given", "wanted", "expected"),
    [
        ("a < b", "plain", "html", ("a &lt; b", False)),
        ("a\nb", "moodle", "html", ("a<br>b", False)),
        ("<b>a</b>", "moodle", "html", ("<b>a</b>", False)),
        ("<p>a</p>", "html", "plain", ("a", False)),
        ("<b>a</b><table></table>", "html", "plain", ("a", True)),
        ("x", "html", "html", ("x", False)),
    ],
)
def test_a_text_is_turned_into_another_format(text, given, wanted, expected):
    assert text_as(text, given, wanted) == expected
