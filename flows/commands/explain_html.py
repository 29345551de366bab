"""explain_html: the explanation of documents as one self-contained page."""

from html import escape

from flows.commands.explain import KEPT, fields
from tasks.article import Article
from tasks.edit import Edit

STYLE = """
body { font: 15px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
       color: #222; background: #fff }
table { border-collapse: collapse; width: 100% } td { padding: .15rem .5rem; vertical-align: top }
td.no, td.label, td.rule { color: #777; white-space: nowrap; font-size: 13px } td.no { text-align: right }
tr.kept td.text { background: #eef7ee } tr.cut td.text { color: #999 } tr.spam td.text { background: #fbe9e7 }
del { background: #ffd7d5; text-decoration: line-through } ins { background: #c8f0c8; text-decoration: none }
dt { float: left; width: 9rem; color: #777 } dd { margin: 0 0 0 9rem } h1 { font-size: 1.3rem }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 }
  tr.kept td.text { background: #1d2b1d } del { background: #5c2522 } ins { background: #1f4d1f } }
"""


def page(explained: list[tuple[str, Article]]) -> str:
    """Return the page for (uri, article) pairs."""
    parts = [_section(uri, article) for uri, article in explained]
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>wencang explain</title>'
        f"<style>{STYLE}</style><body>{''.join(parts)}</body></html>\n"
    )


def _section(uri: str, article: Article) -> str:
    found = [("article_id", article.article_id), ("script", article.script), ("charset", article.charset)]
    if article.reject:
        found.append(("rejected", f"{article.reject}: {article.reject_detail}"))
    found += fields(article)
    terms = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in found)
    by_line: dict[int, list[Edit]] = {}
    for edit in article.edits:
        by_line.setdefault(edit.line, []).append(edit)
    rows = "".join(
        f'<tr class="{"kept" if line.label in KEPT else "spam" if line.label == "spam" else "cut"}">'
        f'<td class="no">{line.number}</td><td class="label">{escape(line.label)}</td>'
        f'<td class="text">{marked(line.text, by_line.get(line.number, []))}</td>'
        f'<td class="rule">{escape(line.rule)}</td></tr>'
        for line in article.lines
    )
    return f"<h1>{escape(uri)}</h1><dl>{terms}</dl><table>{rows}</table>"


def marked(received: str, edits: list[Edit]) -> str:
    """Return a received line with its edits as ``<del>`` and ``<ins>``; titles name the rule."""
    parts = []
    position = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        parts.append(escape(received[position : edit.start]))
        title = f' title="{escape(edit.rule)}"'
        parts.append(f"<del{title}>{escape(edit.before)}</del>" if edit.before else "")
        parts.append(f"<ins{title}>{escape(edit.after)}</ins>" if edit.after else "")
        position = edit.end
    return "".join((*parts, escape(received[position:])))
