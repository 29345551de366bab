"""tasks: what happens to a document. Plain functions; no Prefect, no environment, no storage.

discover    sources -> the files and addresses to read
fetch       files, archives, rows and web pages -> documents: bytes as received
decode      bytes -> text, by declaration and evidence
extract     text -> numbered lines, each with a label and the rule that gave it
clean       lines -> repaired lines; every change is an edit
metadata    lines -> title, date, outlet, people, breadcrumb, each with the line it came from
script      body -> simplified, traditional or mixed, and its simplified text
dedupe      articles -> clusters of copies, each with the article that stands for it

``document_steps`` runs the steps on one document, ``batch`` on a batch; ``article.read_article`` is the entry point
for Python. A document that cannot go on has a ``Reason``; nothing is raised for bad content.
"""
