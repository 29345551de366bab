"""metadata: title, date, outlet, people, breadcrumb and site of a page.

Reads    page, repaired line texts, labels
Adds     ``Fields`` with the received line each value came from
Rejects  nothing: an absent field is ``None`` or empty
"""

from tasks.metadata.fields import find_fields
from tasks.metadata.relabel import relabel
from tasks.metadata.rules import RULES
from tasks.metadata.title_lines import Title
from tasks.metadata.titles import find_title

__all__ = ["RULES", "Title", "find_fields", "find_title", "relabel"]
