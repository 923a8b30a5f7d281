"""The built pages, as their readers see them: every page, link, picture, the search, on a desk and on a telephone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from built_docs import DOCS, Programs, Site, browser, built, missing, served
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

PAGES = [f"{path.relative_to(DOCS).with_suffix('')}.html" for path in sorted(DOCS.rglob("*.md"))]
SHAPES = "reference/shapes.html"
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
LEAST_CONTRAST = 4.5
"""What the Web Content Accessibility Guidelines ask for, for text of usual size."""

_TOO_WIDE = """
const article = document.querySelector('article');
const can = each => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX);
const scrolls = each => each !== article && (can(each) || scrolls(each.parentElement));
return [...article.querySelectorAll('*')]
  .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth + 16 && !scrolls(each))
  .map(each => each.outerHTML.slice(0, 120));
"""
_OVERLAPS = """
const right = box => box.x + box.width;
return [...document.querySelectorAll('svg.tree .row')].filter(row => {
  const [name, ...limits] = [...row.querySelectorAll('text')].map(text => text.getBBox());
  const card = row.parentElement.querySelector('rect').getBBox();
  const beside = limits.filter(limit => limit.y < name.y + name.height);
  const outside = limits.filter(limit => limit.x < 3 || right(limit) > card.width - 3);
  return outside.length || beside.some(limit => limit.x < right(name) + 3);
}).map(row => row.textContent);
"""
_CONTRASTS = """
const light = colour => {
  const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(each => each / 255)
    .map(each => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
};
const card = light(getComputedStyle(document.querySelector('.tree .card')).fill);
const found = {};
for (const kind of ['name', 'limit', 'leads', 'title', 'required']) {
  const text = light(getComputedStyle(document.querySelector('.tree .' + kind)).fill);
  found[kind] = (Math.max(card, text) + 0.05) / (Math.min(card, text) + 0.05);
}
return found;
"""


@pytest.fixture(scope="session")
def programs(request: pytest.FixtureRequest) -> Programs:
    """The browser; without it the run ends here, and not well."""
    found = Programs()
    if problem := missing(found):
        pytest.exit(problem, returncode=1)
    if request.config.pluginmanager.hasplugin("closed_sockets"):
        pytest.exit(
            "The other tests' guard is up. It lets no socket reach the browser's driver, which is another process. "
            "Leave their conftest.py out: pytest --confcutdir=tests/browser tests/browser",
            returncode=1,
        )
    return found


@pytest.fixture(scope="session")
def site(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The pages, built now."""
    assert programs
    with served(built(tmp_path_factory.mktemp("docs"))) as served_site:
        yield served_site


@pytest.fixture(scope="session")
def one_browser(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser for all tests: to start one takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "localhost,127.0.0.1")
        with browser(programs, tmp_path_factory.mktemp("profile")) as driver:
            yield driver


@pytest.fixture
def reader(one_browser: Chrome) -> Chrome:
    """The browser, at a desk, with nothing in its console."""
    one_browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    one_browser.get("about:blank")
    console(one_browser)
    return one_browser


def visit(reader: Chrome, url: str) -> None:
    """Open a page, and wait until it is the one that scripts see: the driver is back a moment before."""
    reader.get(url)
    arrived = "return document.readyState === 'complete' && location.href === arguments[0]"
    WebDriverWait(reader, 20).until(lambda each: each.execute_script(arrived, url))


def console(reader: Any) -> list[str]:
    """What was written to the browser's console since somebody last looked."""
    return [entry["message"] for entry in reader.get_log("browser")]


def internal(site: Site, reader: Chrome, selector: str = "a[href]") -> list[str]:
    """Where the links of the open page lead, of those that stay on the site; each as path and fragment."""
    script = "return [...document.querySelectorAll(arguments[0])].map(each => each.href)"
    found: list[str] = reader.execute_script(script, selector)
    return [href.removeprefix(f"{site.url}/") for href in found if href.startswith(f"{site.url}/")]


def ids_of(page: Path) -> set[str]:
    """The places of a built page that a link can name."""
    return set(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8")))


def test_missing_programs_are_told() -> None:
    """The run without a browser does not pass, and says what to install."""
    assert missing(Programs("/usr/bin/chromium", None)) == (
        "There is no chromedriver on the path. These tests open the built pages in a browser, and would say nothing "
        "without it. On Debian, install both: apt-get install chromium chromium-driver"
    )
    assert missing(Programs("chromium", "chromedriver")) == ""


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_without_complaint(site: Site, reader: Chrome, page: str) -> None:
    """It has a heading, its console is silent, and whatever it loads is there, on this machine."""
    before = len(site.answers)
    visit(reader, f"{site.url}/{page}")
    assert reader.find_element(By.CSS_SELECTOR, "article h1").text
    assert console(reader) == []
    assert [answer for answer in site.answers[before:] if answer[0] >= 400] == []
    loaded = reader.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert [name for name in loaded if not name.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_picture_is_missing(site: Site, reader: Chrome, page: str) -> None:
    """Every picture has a size and says in words what it shows."""
    visit(reader, f"{site.url}/{page}")
    for picture in reader.find_elements(By.CSS_SELECTOR, "article img"):
        reader.execute_script("arguments[0].loading = 'eager'", picture)
        WebDriverWait(picture, 5).until(lambda each: each.get_property("naturalWidth"))
        assert picture.get_attribute("alt")
    for drawing in reader.find_elements(By.CSS_SELECTOR, "article svg[role=img]"):
        assert drawing.size["width"] > 300
        assert drawing.size["height"] > 50
        assert reader.execute_script("return arguments[0].querySelector('title').textContent", drawing)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(site: Site, reader: Chrome, page: str) -> None:
    """A link within the site names a file that was built, and a place that this page has."""
    visit(reader, f"{site.url}/{page}")
    links = {urlsplit(href) for href in internal(site, reader)}
    assert len(links) > len(PAGES)
    missed = [link.geturl() for link in links if not (site.folder / unquote(link.path or "index.html")).is_file()]
    assert missed == []
    lost = [
        link.geturl()
        for link in links
        if link.path.endswith(".html")
        and link.fragment
        and unquote(link.fragment) not in ids_of(site.folder / link.path)
    ]
    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_telephone(site: Site, reader: Chrome, page: str) -> None:
    """Nothing but what can be scrolled by itself, a table, code, a picture, is wider than the screen."""
    reader.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    visit(reader, f"{site.url}/{page}")
    # The theme lets a reader push the whole page aside, were anything in it too wide.
    frames = "return ['html', '.content'].map(each => document.querySelector(each).scrollWidth)"
    widths = reader.execute_script(frames)
    assert widths == [PHONE["width"]] * 2, reader.execute_script(_TOO_WIDE)


def test_navigation_has_every_page(site: Site, reader: Chrome) -> None:
    """From the front page each is one click away, in a part that is folded up at the most."""
    visit(reader, f"{site.url}/")
    assert sorted({*internal(site, reader, ".sidebar-tree a")} | {"index.html"}) == sorted(PAGES)


def test_a_reader_turns_every_page(site: Site, reader: Chrome) -> None:
    """`Next` leads from the front page through all of them, once each, and `Previous` back to where it came from."""
    visit(reader, f"{site.url}/index.html")
    turned = ["index.html"]
    while onward := internal(site, reader, "a.next-page"):
        visit(reader, f"{site.url}/{onward[0]}")
        assert internal(site, reader, "a.prev-page") == [turned[-1]]
        turned.append(onward[0])
    assert len(turned) == len({*turned})
    assert sorted(turned) == sorted(PAGES)


@pytest.mark.parametrize("word", ["ThrottlingException", "outcome_twice", "LastComputedAt"])
def test_search_finds_a_word(site: Site, reader: Chrome, word: str) -> None:
    """Typed into the field at the side, it gives pages, and the first of these has it."""
    visit(reader, f"{site.url}/tutorial.html")
    reader.find_element(By.CSS_SELECTOR, "input.sidebar-search").send_keys(word, Keys.ENTER)
    found = WebDriverWait(reader, 20).until(lambda each: each.find_elements(By.CSS_SELECTOR, "ul.search li a"))
    target = found[0].get_attribute("href") or ""
    visit(reader, target)
    assert word.lower() in reader.find_element(By.TAG_NAME, "article").text.lower()


def test_search_finds_nothing_where_there_is_nothing(site: Site, reader: Chrome) -> None:
    """It says so, and does not go on looking."""
    visit(reader, f"{site.url}/search.html?q=zyzzyva")
    said = WebDriverWait(reader, 20).until(lambda each: each.find_elements(By.CSS_SELECTOR, "p.search-summary"))
    WebDriverWait(reader, 20).until(lambda _: "did not match any" in said[0].text)


def test_no_text_of_a_tree_lies_on_another(site: Site, reader: Chrome) -> None:
    """Each row's limits stand beside its name, and inside the card."""
    visit(reader, f"{site.url}/{SHAPES}")
    assert len(reader.find_elements(By.CSS_SELECTOR, "svg.tree .row")) > 60
    assert reader.execute_script(_OVERLAPS) == []


def test_text_of_a_tree_can_be_selected(site: Site, reader: Chrome) -> None:
    """A reader copies a member's name out of the picture."""
    visit(reader, f"{site.url}/{SHAPES}")
    select = "getSelection().selectAllChildren(document.querySelector('svg.tree .row')); return '' + getSelection()"
    assert "DomainName" in reader.execute_script(select)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_trees_can_be_read_in_both_themes(site: Site, reader: Chrome, theme: str) -> None:
    """All text of a card stands out from it, and the two themes are not one."""
    visit(reader, f"{site.url}/{SHAPES}")
    reader.execute_script("document.body.dataset.theme = arguments[0]", theme)
    contrasts: dict[str, Any] = reader.execute_script(_CONTRASTS)
    assert {kind: ratio for kind, ratio in contrasts.items() if ratio < LEAST_CONTRAST} == {}
    card = reader.execute_script("return getComputedStyle(document.querySelector('.tree .card')).fill")
    assert (min(int(part) for part in re.findall(r"\d+", card)[:3]) > 127) is (theme == "light")


def test_a_tree_unfolds_as_text(site: Site, reader: Chrome) -> None:
    """Who would rather read than look opens it below the picture."""
    visit(reader, f"{site.url}/{SHAPES}")
    unfold = reader.find_element(By.CSS_SELECTOR, "details summary")
    text = reader.find_element(By.CSS_SELECTOR, "details pre")
    assert not text.is_displayed()
    unfold.click()
    assert text.is_displayed()
    assert "DomainName: string, 1 to 64 characters" in text.text
