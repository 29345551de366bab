"""rules: which cleaning rules exist, at which version.

``rules_version`` is stored with every article; when it differs from today's, ``wencang reclean``
knows that the article may come out differently.
"""

import hashlib
from functools import cache

from tasks import clean, extract, metadata

CONVERSION = {"convert_script": 1}
"""Detecting and converting the script leaves no edits, so it has no rule of its own elsewhere."""


@cache
def rule_versions() -> dict[str, int]:
    """Return every rule name with its version, in order of name."""
    groups = (clean.RULES, extract.RULES, metadata.RULES, CONVERSION)
    return dict(sorted((name, version) for rules in groups for name, version in rules.items()))


@cache
def rules_version() -> str:
    """Return the version of all rules together: 12 hexadecimal digits that change when any rule does."""
    listing = "\n".join(f"{name}@{version}" for name, version in rule_versions().items())
    return hashlib.sha256(listing.encode()).hexdigest()[:12]
