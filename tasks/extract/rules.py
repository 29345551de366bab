"""rules: the names and versions of the rules by which this step labels lines.

A rule's version is raised when it may answer differently; stored lines carry ``name@version``.
"""

RULES: dict[str, int] = {
    # inside the article
    "body_run": 11,
    "given_title": 1,
    "trailing_byline": 4,
    "trailing_chrome": 2,
    "board_signature": 1,
    "outlet_advice": 2,
    "teaser": 2,
    "teaser_heading": 2,
    # what a line's own words say (vocabulary)
    "related_heading": 4,
    "neighbours": 3,
    "related_list": 2,
    "list_heading": 2,
    "linked_line": 3,
    "comment_heading": 4,
    "legal_notice": 14,
    "share": 8,
    "site_notice": 8,
    "promotion": 11,
    "support": 4,
    "archive_list": 1,
    "contents_heading": 2,
    "contents_entry": 2,
    "comment_entry": 2,
    "comment_rules": 1,
    "share_tip": 2,
    "dated_row": 1,
    "skip_link": 1,
    "skip_end": 1,
    "advert_mark": 1,
    "attachment": 1,
    "button": 8,
    "library_notice": 1,
    "editor": 1,
    "source_line": 2,
    "reporter": 4,
    "dateline": 1,
    "about_author": 1,
    "about_author_heading": 1,
    "tags": 5,
    "end_mark": 2,
    "bulleted_link": 1,
    "pager": 2,
    "summary_heading": 1,
    "contact": 1,
    "caption": 5,
    "caption_end": 9,
    "figure_caption": 2,
    "signature_element": 2,
    "repeat": 2,
    "spam_words": 2,
    "metadata_line": 8,
    "date_line": 2,
    "path_line": 1,
    "link_row": 3,
    "edit_link": 1,
    "board_head": 2,
    "site_word": 1,
    "glyphs": 1,
    "picture_file": 2,
    "page_record": 1,
    "pointer": 1,
    "chrome_words": 3,
    "chrome_word": 1,
    # where a line stands
    "before_article": 1,
    "lead_caption": 2,
    "under_heading": 1,
    "summary_text": 5,
    "summary_element": 3,
    "dash_subtitle": 1,
    "title_copy": 2,
    "after_article": 1,
    "slogan": 2,
    "site_line": 1,
    "markup_hint": 2,
}


_STAMPS = {rule: f"{rule}@{version}" for rule, version in RULES.items()}


def stamp(rule: str) -> str:
    """Return ``name@version`` for a rule of this step."""
    return _STAMPS[rule]
