"""reclean_report: what a reclean changes or would change, on the dashboard."""

from collections.abc import Mapping
from typing import Any

from prefect.artifacts import create_markdown_artifact

from flows.counted import counted
from flows.markdown import place, table
from flows.upkeep import name_run

SHOWN = 20
"""Rows of a table."""


def show_reclean(found: Mapping[str, Any], *, dry_run: bool) -> None:
    """Publish the report of a reclean and name its run; ``found`` as the flow returns it."""
    words = headline(found, dry_run=dry_run)
    create_markdown_artifact(
        as_markdown(found, dry_run=dry_run), key="reclean-report", description=f"**{words}**"
    )
    name_run(f"reclean: {words}")


def headline(found: Mapping[str, Any], *, dry_run: bool) -> str:
    """Return the reclean in a few words.

    >>> headline({"outdated": 9, "changed": 2, "retried": 4, "cured": 1}, dry_run=True)
    'dry run, 2 of 9 articles would change, 1 reject cured'
    """
    if not found["outdated"] and not found["retried"]:
        return "every article was cleaned by today's rules"
    verb = "would change" if dry_run else "changed"
    words = f"{'dry run, ' if dry_run else ''}{found['changed']:,} of {counted(found['outdated'], 'article')} {verb}"
    return f"{words}, {counted(found['cured'], 'reject')} cured" if found["cured"] else words


def as_markdown(found: Mapping[str, Any], *, dry_run: bool) -> str:
    """Return the report: by rule, by field, with examples before and after."""
    parts = [f"# {headline(found, dry_run=dry_run)}", f"Rules `{found['rules_version']}`."]
    if found["stopped"]:
        parts.append(f"No articles any more: {found['stopped']:,}; the reasons are in `rejects`.")
    if found["retried"]:
        cured = ", ".join(f"{name}: {count:,}" for name, count in found["cured_of"].items())
        parts.append(
            f"Tried again: {counted(found['retried'], 'document')} that other rules had stopped; "
            f"{found['cured']:,} of them articles now{f' ({cured})' if cured else ''}."
        )
    for title in ("rules", "fields"):
        if found[title]:
            rows = list(found[title].items())[:SHOWN]
            parts.append(f"## By {title[:-1]}\n\n" + table((title[:-1], "articles"), rows))
    if found["examples"]:
        rows = [(place(uri), name, before, after) for uri, name, before, after in found["examples"][:SHOWN]]
        parts.append("## Examples\n\n" + table(("document", "field", "before", "after"), rows))
    if found["snapshot_id"]:
        parts.append(f"Published in snapshot `{found['snapshot_id']}`; before: `wencang sql --at …`.")
    return "\n\n".join(parts)
