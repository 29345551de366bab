"""The dashboard in a real browser: what an operator reads there. Pictures: tests/output/."""

import re
from pathlib import Path
from typing import Any

import pytest


def visit(page: Any, address: str, words: str, picture: Path) -> str:
    """Open a page, wait for words on it, keep a picture; returns its visible text."""
    page.goto(address)
    page.get_by_text(re.compile(words)).first.wait_for()
    page.wait_for_timeout(1500)  # charts are drawn after the text
    page.screenshot(path=str(picture), full_page=True)
    return str(page.inner_text("body"))


@pytest.mark.slow
def test_what_an_operator_sees(make_serve, write_article, wait_until, browser, output):
    """Runs with names that say what and how much, a report with reasons and links, a form with help."""
    serve = make_serve(every=60)
    for n in range(6):
        write_article(serve.inbox, n)
    (serve.inbox / "empty.html").write_bytes(b"")
    copy = (serve.inbox / "article-1.html").read_text("utf-8").replace("首页", "主页")
    (serve.inbox / "copy.html").write_text(copy, "utf-8")
    asked: list[str] = []
    browser.on("requestfinished", lambda request: asked.append(request.url))
    serve.start()
    wait_until(lambda: serve.runs("ingest", "COMPLETED"), 120, "the run is completed")
    for flow in ("upkeep", "report"):
        serve.start_run(flow)
    for flow in ("upkeep", "report"):
        wait_until(lambda flow=flow: serve.runs(flow, "COMPLETED"), 120, f"{flow} is completed")
    run = serve.runs("ingest", "COMPLETED")[-1]
    where = f"{serve.dashboard}/v2"

    runs = visit(browser, f"{where}/runs", "ingest inbox: ", output / "runs.png")
    assert "ingest inbox: 7 new, 1 copy, 1 rejected" in runs
    assert "upkeep: all checks passed" in runs
    assert "all well" in runs

    page = visit(
        browser, f"{where}/runs/flow-run/{run['id']}?tab=Artifacts", "ingest-report", output / "run.png"
    )
    assert "7 new, 1 copy, 1 rejected" in page
    assert "inbox" in page
    logs = visit(browser, f"{where}/runs/flow-run/{run['id']}?tab=Logs", "batch 1", output / "logs.png")
    assert "7 articles" in logs

    report = visit(
        browser,
        f"{where}/artifacts/artifact/{serve.artifact(run['id'], 'ingest-report')}",
        "Exactly these rows",
        output / "report.png",
    )
    for words in (
        "Growth",
        "Sources",
        "Rejected",
        "empty",
        "Copies",
        "the most alike of each kind",
        "Slowest step",
        "wencang sql",
    ):
        assert words in report
    assert browser.locator("img[src^='data:image/svg']").count() == 1

    for flow, key, words in (
        ("report", "daily-report", "Sources, last 30 days"),
        ("upkeep", "upkeep-report", "checks passed"),
    ):
        (done,) = serve.runs(flow, "COMPLETED")
        address = f"{where}/artifacts/artifact/{serve.artifact(done['id'], key)}"
        assert "inbox" in visit(browser, address, words, output / f"{key}.png") or flow == "upkeep"

    deployment = serve.deployments()["ingest"]["id"]
    form = visit(
        browser, f"{where}/deployments/deployment/{deployment}/run", "Parameters", output / "form.png"
    )
    for words in (
        "read only these sources, by name or location",
        "backfill: only inputs of this day or later",
    ):
        assert words in form
    browser.get_by_role("button", name="Submit").click()
    wait_until(lambda: len(serve.runs("ingest", "COMPLETED")) == 2, 120, "the run of the form is completed")

    reclean = visit(
        browser,
        f"{where}/deployments/deployment/{serve.deployments()['reclean']['id']}/run",
        "only show what would change",
        output / "reclean-form.png",
    )
    assert "Dry Run" in reclean
    browser.get_by_role("button", name="Submit").click()
    (dry,) = wait_until(lambda: serve.runs("reclean", "COMPLETED"), 120, "the dry run is completed")
    assert dry["parameters"]["params"]["dry_run"] is True
    shown = visit(
        browser,
        f"{where}/artifacts/artifact/{serve.artifact(dry['id'], 'reclean-report')}",
        "cleaned by today",
        output / "reclean.png",
    )
    assert "Traceback" not in shown

    archive = str(write_article(serve.inbox.parent / "archive", 9).parent)
    for day, loaded in (("2999-01-01", 7), ("2020-01-01", 8)):
        backfill = serve.start_run(
            "ingest", {"params": {"sources": [{"location": archive}], "first_day": day}}
        )
        (done,) = wait_until(
            lambda backfill=backfill: [
                run for run in serve.runs("ingest", "COMPLETED") if run["id"] == backfill
            ],
            120,
            f"the backfill from {day} is completed",
        )
        assert serve.sql("select count(*) from all_articles") == [(loaded,)], done["name"]

    listed = visit(browser, f"{where}/deployments", "ingest-lake", output / "deployments.png")
    assert all(f"{flow}-lake" in listed for flow in ("ingest", "upkeep", "report"))
    assert "Ready" in listed

    outside = [url for url in asked if not url.startswith((serve.dashboard, "data:", "blob:", "ws:"))]
    assert outside == []
