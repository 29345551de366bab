"""heading: title and labels of a page, which each need the other.

Reads    page, repaired line texts, address, what is known of the site
Adds     title, labels
Rejects  nothing
Source   measured on real pages given as plain lines: a title looked for among all lines may be that of
         a teaser, and then draws the body to the teaser's text (2 of 58 pages); looked for above the
         body that the lines show by themselves, it is not.
"""

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract import Labelled, Run, find_run, label_lines, weigh_page
from tasks.extract.site_lines import SiteLines
from tasks.lines import Page
from tasks.metadata import Title, find_title
from tasks.metadata.folding import fold_lines

LINES_INTO_BODY = 2
"""A title may have been taken for the first line of the body: look that far into it."""

SHORT_BODY = 200
"""Characters; a body shorter than this is compared with what the lines show without the title."""


def title_and_labels(page: Page, texts: Sequence[str], site: SiteLines | None) -> tuple[Title, Labelled]:
    """Return the title of a page and the labels of its lines."""
    reading = weigh_page(page, texts, site)
    if page.is_html:
        title = find_title(page, texts)
        run = find_run(page, reading, title_block(title))
        bare = find_run(page, reading) if _size(run, texts) < SHORT_BODY else run
    else:
        bare = find_run(page, reading)
        # of the whole page, as the fields will need them; the title is looked for in a part first
        fold_lines(texts)
        title = _title_above(page, texts, bare)
        block = title_block(title)
        run = find_run(page, reading, block) if block else bare
    labelled = label_lines(page, texts, reading, run)
    if bare is run or not _is_better(bare, run, title, texts):
        return title, labelled
    larger = label_lines(page, texts, reading, bare)
    for index in title_block(title):
        larger.labels[index] = labelled.labels[index]
    return title, larger


def _title_above(page: Page, texts: Sequence[str], bare: Run) -> Title:
    body = bare.body()
    if body:
        end = body[0] + LINES_INTO_BODY
        title = find_title(replace(page, lines=page.lines[:end]), texts[:end])
        if title.title:
            return title
    return find_title(page, texts)


def _is_better(bare: Run, run: Run, title: Title, texts: Sequence[str]) -> bool:
    """Tell whether the run found without the title has more than twice the body of the one found with it.

    Below a title which markup confirms, a body that begins at the same line and only goes on further, that begins
    above the title, or that stands below an article closed in itself, is no better.
    """
    if 2 * _size(run, texts) >= _size(bare, texts):
        return False
    ours, theirs = run.body(), bare.body()
    if not ours or title.evidence != "fit":
        return True
    return not (ours[0] == theirs[0] or theirs[0] < title.lines[0] or (run.framed and theirs[0] > ours[-1]))


def _size(run: Run, texts: Sequence[str]) -> int:
    return sum(len(texts[index]) for index in run.body())


def title_block(title: Title) -> list[int]:
    """Return the indexes of the lines that are heading and nothing else.

    A subtitle that stands next to the title is heading; one that opens the text below the date line
    is read as the subtitle and stays where the page has it, in the body.
    """
    near = {index + step for index in title.lines for step in (-1, 1)}
    block = [*title.lines]
    for index in title.subtitle_lines:
        if index in near:
            block.append(index)
            near |= {index - 1, index + 1}
    return block
