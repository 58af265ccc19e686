import time

import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.html_file import read_html


def read(page):
    return read_html(page if isinstance(page, bytes) else page.encode(), "a.html", ReadOptions())


def texts(page):
    return [block.text for block in read(page).blocks]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<div>One <b>and</b>\n  a half<div>Two</div>Three</div>", ["One and a half", "Two", "Three"]),
        ("<p>Ana: One<br>Bo: Two</p>", ["Ana: One", "Bo: Two"]),
        ("<p>caf&eacute; &amp; t&#233;&nbsp;!</p>", ["café & té !"]),
        ("<ul><li>One<ul><li>Two</li></ul>Three</li></ul>", ["One", "Two", "Three"]),
        ("<p>One<!-- no --><script>no</script><style>no</style><template>no</template></p>", ["One"]),
        (
            "<nav>no</nav><header>no</header><p>One</p><aside>no</aside><footer>no</footer><form><p>no</p></form>",
            ["One"],
        ),
        ("<p hidden>no</p><p style='display: none'>no</p><div role=navigation>no</div><p>One", ["One"]),
        ("<form action=x><p>All of the page</p></form>", ["All of the page"]),
        ("<body>no<main><p>One</p></main>no", ["One"]),
        ("<p>10 m<sup>2</sup>, seen<sup><a href='#n1'>1</a></sup> twice<sup>[2]</sup>.", ["10 m2, seen twice."]),
        ("<p>Old <del>no</del><ins>new</ins>", ["Old new"]),
        ("<p><img src='data:image/png;base64,AAAA' alt=no>One", ["One"]),
        ("<h2>Contents</h2><ul><li><a href='#a'>A</a><li><a href='#b'>B</a></ul><p>One", ["One"]),
        ("<ul><li><a href='http://localhost/'>A</a> is good<li>B</ul>", ["A is good", "B"]),
        ("<h3>[00:01:02] On trust</h3><p>One", ["On trust", "One"]),
        ("<pre>Ana: One\nBo: Two\n\nThree</pre><pre><code>no = 1</code></pre>", ["Ana: One\nBo: Two", "Three"]),
        ("<table><tr><td><table><tr><td>One<td>2</table></table>", ["One | 2"]),
        ("<table><tr><th>Plant<th>2021<tr><td>North<td>12</table>", ["Plant | 2021", "North | 12"]),
    ],
)
def test_what_a_page_shows(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p><b>Ana:</b> One<p><strong>Bo: </strong>Two", ["Ana: One", "Bo: Two"]),
        ("<p><b>Ana</b>: One", ["Ana: One"]),
        (
            "<p><b>Ana</b> One<p><b>Bo</b> Two<p><b>Ana</b> Three<p><b>Bo</b> Four<p><b>Never</b> alone",
            ["Ana: One", "Bo: Two", "Ana: Three", "Bo: Four", "Never alone"],
        ),
        ("<dl><dt>Ana<dd>One<dd>more<dt>Bo:<dd>Two</dl>", ["Ana: One", "more", "Bo: Two"]),
        ("<dl><dt>What do you do on a normal day here?<dd>One</dl>", ["What do you do on a normal day here?", "One"]),
        ("<div class='transcript-timestamp'>00:28 // Ana</div> One", ["00:28 // Ana", "One"]),
        ("<div class='transcript-timestamp'>Ana</div> One", ["Ana: One"]),
        ("<p><span class='speaker'>Ana</span><span>One</span>", ["Ana: One"]),
        ("<div class=speaker-name>Ana</div><div>One</div>", ["Ana: One"]),
        (
            "<div class=speaker><p>Ana said that she would come along.</p></div>",
            ["Ana said that she would come along."],
        ),
    ],
)
def test_speakers_stay_visible(page, shown):
    assert texts(page) == shown


def test_rows_of_turns_are_turns():
    page = "<table><tr><th>Time<th>Speaker<th>Text<tr><td>0:03<td>Ana<td>One<br>more<tr><td>0:09<td>Bo:<td>Two</table>"
    reading = read(page)
    assert reading.spoken is True
    assert [(block.speaker, block.start_time, block.text) for block in reading.blocks] == [
        ("Ana", 3.0, "One more"),
        ("Bo", 9.0, "Two"),
    ]


def test_metadata_comes_from_the_head():
    head = (
        "<title>Talk &amp; tea</title><meta name=date content='2021-03-04T10:00'><meta name=author content='Ana Ruiz'>"
    )
    reading = read(f"<html lang=en-GB><head>{head}</head><p>One")
    assert reading.metadata == {"title": "Talk & tea", "language": "en", "date": "2021-03-04", "author": "Ana Ruiz"}
    assert [block.text for block in reading.blocks] == ["One"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>café".encode(),
        "\ufeff<p>café".encode(),
        "<p>café".encode("utf-16"),
        "<meta charset=latin-1><p>café".encode("latin-1"),
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>café".encode("cp1252"),
        "<?xml version='1.0' encoding='utf-8'?><html><p>café</p></html>".encode(),
        "<meta charset=utf-8><p>café".encode("cp1252"),
        "<meta charset=punycode><p>café".encode(),
        "<meta charset=utf-8><p>caf\0é".encode(),
        "<meta charset=x-unheard-of><p>café".encode(),
    ],
)
def test_encodings(page):
    assert texts(page) == ["café"]


def test_western_pages_mean_windows():
    assert texts("<meta charset=iso-8859-1><p>“café”".encode("cp1252")) == ["“café”"]


def test_declared_entities_are_not_expanded():
    assert texts("<!DOCTYPE html [<!ENTITY a 'no'>]><p>One &a;") == ["One &a;"]


@pytest.mark.parametrize(
    "page", ["<div>" * 50_000 + "deep", "<b>" * 50_000 + "deep", "<table><tr><td>" * 5_000 + "deep"]
)
def test_a_page_that_would_be_read_in_part_is_refused(page):
    with pytest.raises(InputError, match="nested too deeply"):
        read(page)


@pytest.mark.parametrize("page", ["<!-- -->", "<html></html>", "<div id=root></div><script>run()</script>"])
def test_a_page_without_text_is_refused_with_the_remedy(page):
    with pytest.raises(InputError, match=r"no text of its own.*copy the text"):
        read(page)


def test_embedded_pictures_take_no_time():
    start = time.perf_counter()
    assert texts(f"<img src='data:image/png;base64,{'A' * 12_000_000}'><p>One") == ["One"]
    assert time.perf_counter() - start < 5
