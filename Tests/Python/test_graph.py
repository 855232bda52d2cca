"""`dorc-synth graph`: the page in a browser, SVG and DOT as their readers take them."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import browser
import program
import pytest

# Names and texts that mean something in HTML, JavaScript, SVG, DOT or Mermaid.
HOSTILE = [
    "</script><script>document.title = 'taken'</script>", "<img src=x onerror=\"document.title='taken'\">",
    "a \"b\" 'c' [d] {e} `f` |g| --> h", "<!-- \\N \\l &amp; &lt; #quot; %%", "日本語のステップ", "تنظيف البيانات", "end",
    "the name of this step is as long as a name can be without being refused for it..",
]

CENSUS = """
description: Pulls the census <b>&amp; loads it</b>
owner: census@example.gov.uk
max_active_runs: 1
steps:
  - {name: extract, function: f, catch: {errors: [States.ALL], next: quarantine}}
  - {name: england, function: f, after: extract}
  - {name: wales, function: f, after: extract, retry: 3}
  - {name: merge, function: f, after: [england, wales], when: "{% $states.input.rows > 0 %}"}
  - {name: model, pipeline: curated/model}
  - {name: quarantine, function: f, only_on_error: true, then: fail}
triggers: [{name: weekdays, schedule: "30 6 * * 1-5", timezone: Europe/London}]
"""
PIPELINES = {
    "raw/census": CENSUS,
    "curated/model": "steps: [f]\ntriggers: [{name: later, after_pipeline: raw/census}]\n",
    "raw/names": "steps:\n"
    + "".join(f"  - {{name: {json.dumps(name, ensure_ascii=False)}, function: f}}\n" for name in HOSTILE),
    "raw/wide": "steps:\n  - f\n" + "".join(f"  - {{name: w{n}, function: f, after: f}}\n" for n in range(220)),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    return program.make_repository(tmp_path_factory.mktemp("graph") / "config", PIPELINES)


@pytest.fixture(scope="module")
def graph_page(dorc, repository):
    """The path of the page, and a tab of a browser."""
    path = repository.parent / "graph.html"
    dorc.succeed("graph", "--config", repository, "--format", "html", "--output", path)
    with browser.Browser() as chromium:
        yield path, chromium.page()


def test_the_page_opens_without_errors_and_without_network(graph_page):
    path, page = graph_page
    page.open(path)
    assert page.run("document.querySelector('h1').textContent") == "acme"
    assert page.complaints == []
    # The page itself, and its empty icon.
    assert [url for url in page.requests if url not in (path.as_uri(), "data:,")] == []


def test_no_script_but_its_own_may_run(graph_page):
    path, page = graph_page
    page.open(path)
    page.run("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.taken = 1'}))")
    page.run("document.body.append(Object.assign(new Image(), {src: 'http://localhost:9/x.png'}))")
    assert page.run("window.taken") is None
    assert len([text for text in page.complaints if "Content Security Policy" in text]) == 2


@pytest.mark.parametrize("words, name, hash", [
    ("census", "census", "#/raw/census"),
    ("engl", "england", "#/raw/census/england"),
    ("weekd", "weekdays", "#/raw/census"),
    ("06:30", "weekdays", "#/raw/census"),
    ("loads it", "census", "#/raw/census"),
    ("日本", "日本語のステップ", "#/raw/names/" + "日本語のステップ"),
])
def test_the_search_finds_pipelines_steps_and_triggers(graph_page, words, name, hash):
    path, page = graph_page
    page.open(path)
    page.press("/")
    assert page.run("document.activeElement.id") == "search"
    page.type(words)
    assert page.run("document.querySelector('#results [aria-selected=true] b').textContent") == name
    page.press("Enter")
    page.wait(f"decodeURIComponent(location.hash) === {json.dumps(hash)}")
    page.wait("document.querySelector('#results').hidden")


def test_the_search_finds_functions_and_says_where_there_is_nothing(graph_page):
    path, page = graph_page
    page.open(path)
    page.click("#search")
    page.type("f")
    assert "Function" in page.run("[...document.querySelectorAll('#results .kind')].map(e => e.textContent)")
    page.type("zzz")
    assert page.run("document.querySelector('#results').textContent") == "Nothing found"
    page.press("Escape")
    assert page.run("document.querySelector('#search').value") == ""


def test_a_click_on_a_pipeline_shows_it_and_a_click_on_a_step_its_settings(graph_page):
    path, page = graph_page
    page.open(path)
    page.click(".view [data-p='raw/census']")
    page.wait("document.querySelector('h1').textContent === 'census'")
    text = page.run("document.querySelector('main').textContent")
    for part in ["Pulls the census <b>&amp; loads it</b>", "census@example.gov.uk", "weekdays", "at most 1",
                 "at 06:30 on Monday to Friday, Europe/London time", "cron(30 6 ? * MON-FRI *)"]:
        assert part in text
    assert page.run("document.querySelectorAll('.view .n').length") == 6
    page.click(".view [data-i='2']")
    page.wait("location.hash === '#/raw/census/wales' && document.querySelector('.detail').textContent.includes('wales')")
    detail = page.run("document.querySelector('.detail').textContent")
    for part in ["wales", "after extract", "512 MB", "3 times, after 5 s"]:
        assert part in detail
    # The page is there at once, before the browser tells of the new address: a second click may be quick.
    assert "extract" in page.run(
        "(() => { document.querySelector(\".view [data-i='0']\").dispatchEvent(new MouseEvent('click', {bubbles: true}));"
        " return document.querySelector('.detail h3').textContent; })()")
    # A second click on what runs a pipeline leads to it.
    page.click(".view [data-i='4']")
    page.wait("location.hash === '#/raw/census/model'")
    page.click(".view [data-i='4']")
    page.wait("document.querySelector('h1').textContent === 'model'")
    assert page.run("document.querySelector('.side [aria-current]').textContent") == "model"
    assert page.complaints == []


def test_the_keyboard_leads_everywhere(graph_page):
    path, page = graph_page
    page.open(path, "#/raw/census")
    page.run("document.querySelector('.view [tabindex=\"0\"]').focus()")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert "weekdays" in page.run(focused) or "extract" in page.run(focused)
    page.run("document.querySelector('.view [data-i=\"0\"]').focus()")
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        page.press(key)
        seen.append(page.run("document.activeElement.dataset.i"))
    assert seen == ["1", "2", "3"]
    page.press("Enter")
    # The page follows its address a moment later.
    page.wait("location.hash === '#/raw/census/merge' && document.querySelector('.detail').textContent.includes('if $states.input.rows > 0')")
    page.press("Escape")
    page.wait("location.hash === '#/raw/census' && document.querySelector('.detail').hidden")
    page.press("Escape")
    page.wait("document.querySelector('h1').textContent === 'acme'")
    page.run("document.querySelector('.side a').focus()")
    page.press("ArrowDown")
    page.press("Enter")
    page.wait("document.querySelector('h1').textContent === 'model'")
    # Where the focus is can be seen.
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_it_is_light_and_dark_as_the_system_and_as_the_reader_says(graph_page):
    path, page = graph_page
    background = "getComputedStyle(document.body).backgroundColor"
    text = "getComputedStyle(document.querySelector('.view .t')).fill"
    found = {}
    for scheme in ("light", "dark"):
        page.colours(scheme)
        page.open(path, "#/raw/census")
        found[scheme] = (page.run(background), page.run(text))
    assert found["light"] == ("rgb(251, 251, 250)", "rgb(22, 25, 29)")
    assert found["dark"] == ("rgb(18, 20, 23)", "rgb(236, 238, 241)")
    page.click("#theme")
    assert (page.run("document.querySelector('#theme').textContent"), page.run(background)) == ("Light", found["light"][0])
    page.colours("light")
    page.click("#theme")
    assert (page.run("document.querySelector('#theme').textContent"), page.run(background)) == ("Dark", found["dark"][0])
    page.click("#theme")
    assert page.run(background) == found["light"][0]


def test_nothing_that_a_user_wrote_is_read_as_html(graph_page):
    path, page = graph_page
    page.open(path, "#/raw/names")
    assert page.run("[...document.querySelectorAll('.steps h3 span')].map(e => e.textContent)") == HOSTILE
    assert page.run("document.title") == "names · acme"
    assert page.run("document.querySelectorAll('img, script').length") == 2
    page.open(path, "#/raw/names/" + "%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%81%AE%E3%82%B9%E3%83%86%E3%83%83%E3%83%97")
    assert page.run("document.querySelector('.detail h3').textContent") == "日本語のステップ"
    page.open(path, "#/no/such/%E0%A4%A")
    assert page.run("document.querySelector('h1').textContent") == "acme"
    assert page.complaints == []


@pytest.mark.parametrize("pipeline", ["raw/census", "raw/names", "raw/wide"])
def test_every_text_is_inside_its_box(graph_page, pipeline):
    path, page = graph_page
    page.open(path, "#/" + pipeline)
    outside = page.run(
        "[...document.querySelectorAll('.view g')].flatMap(g => { const b = [...g.querySelectorAll('.b')].pop().getBBox();"
        " return [...g.querySelectorAll('text')].filter(t => { const r = t.getBBox();"
        " return r.x < b.x || r.x + r.width > b.x + b.width || r.y < b.y || r.y + r.height > b.y + b.height; })"
        ".map(t => t.textContent); })")
    assert outside == []


def test_it_fits_a_phone(graph_page):
    path, page = graph_page
    page.resize(390, 844, is_mobile=True)
    try:
        page.open(path, "#/raw/census")
        assert page.run("document.documentElement.scrollWidth") <= 390
        assert page.run("getComputedStyle(document.querySelector('#side')).display") == "none"
        page.click("#menu")
        page.click(".side a[href='#/curated/model']")
        page.wait("document.querySelector('h1').textContent === 'model'")
        assert page.run("getComputedStyle(document.querySelector('#side')).display") == "none"
    finally:
        page.resize(1400, 900)


def test_a_diagram_is_drawn_when_it_is_looked_at(dorc, tmp_path, graph_page):
    """What keeps 1,000 pipelines quick: `bench/graph.py` measures the time."""
    repository = program.make_project(tmp_path / "config", 150)
    path = tmp_path / "graph.html"
    dorc.succeed("graph", "--config", repository, "--format", "html", "--output", path)
    page = graph_page[1]
    page.open(path)
    assert page.run("document.querySelectorAll('.row').length") == 150
    assert page.run("document.querySelectorAll('svg.dorc').length") == 0
    page.click(".row[href='#/raw/p149']")
    page.wait("document.querySelectorAll('svg.dorc').length === 1")
    assert page.complaints == []


# The other formats


@pytest.mark.parametrize("pipeline", [None, *PIPELINES])
def test_svg_is_well_formed_has_a_title_and_takes_nothing_from_elsewhere(dorc, repository, pipeline):
    text = dorc.succeed("graph", *filter(None, [pipeline]), "--config", repository, "--format", "svg").stdout
    root = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert [child.get("id") for child in root[:2]] == root.get("aria-labelledby").split() == ["title", "description"]
    assert root.find(f"{space}title").text == (f"Pipeline {pipeline}" if pipeline else "Project acme")
    assert {element.tag.removeprefix(space) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "path", "circle", "text", "g"}
    assert text.count("http") == 1 and "url(" not in text
    if pipeline == "raw/names":
        titles = "\n".join(element.text for element in root.iter(f"{space}title"))
        assert all(name in titles for name in HOSTILE)


@pytest.mark.parametrize("pipeline", [None, *PIPELINES])
def test_graphviz_reads_dot_and_finds_the_texts(dorc, repository, pipeline):
    text = dorc.succeed("graph", *filter(None, [pipeline]), "--config", repository, "--format", "dot").stdout
    dot = shutil.which("dot")
    assert dot, "install Debian's package `graphviz`"
    drawn = subprocess.run([dot, "-Tsvg"], input=text, capture_output=True, encoding="utf-8", timeout=60)
    assert (drawn.returncode, drawn.stderr) == (0, "")
    if pipeline == "raw/names":
        space = "{http://www.w3.org/2000/svg}"
        labels = {element.text for element in ElementTree.fromstring(drawn.stdout).iter(f"{space}text")}
        # Graphviz writes spaces that do not break.
        assert {name.replace(" ", "\xa0") for name in HOSTILE} <= {(label or "").replace(" ", "\xa0") for label in labels}


def test_the_same_input_gives_the_same_bytes(dorc, repository):
    for form in ("mermaid", "dot", "svg", "html"):
        one, other = (dorc.succeed("graph", "--config", repository, "--format", form).stdout for _ in range(2))
        assert one == other


def test_what_is_written_wrong_is_said_and_writes_nothing(dorc, repository, tmp_path):
    config = ("--config", repository)
    assert "did you mean `raw/census`?" in dorc.fail("graph", "raw/censu", *config, code=64).stderr
    assert "did you mean `raw/census`?" in dorc.fail("graph", "census", *config, code=64).stderr
    assert "there is no environment `prod`" in dorc.fail("graph", *config, "--environment", "prod", code=64).stderr
    assert "`--output`" in dorc.fail("graph", *config, "--diagnostics-format", "json", code=64).stderr
    assert dorc.fail("graph", *config, "--output", tmp_path).stderr.startswith("error: ")
    broken = program.make_repository(tmp_path / "broken", {"raw/p": "steps: [g]\n"})
    assert "error[" in dorc.fail("graph", "--config", broken).stderr
    target = tmp_path / "graph.svg"
    target.write_text("before")
    link = tmp_path / "link.svg"
    link.symlink_to(target)
    dorc.succeed("graph", *config, "--format", "svg", "--output", link)
    assert link.is_symlink() and target.read_text().startswith("<svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "graph.svg", "link.svg"]
