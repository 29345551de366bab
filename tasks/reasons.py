"""Reasons: every cause for which a document or record may stop, one sentence each.

A reason is a value, not an exception: it becomes a row of the ``rejects`` view.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a document stopped; the values are what ``rejects`` holds and ``wencang`` prints."""

    EMPTY = "empty"  # nothing but white space
    BINARY = "binary"  # not text: picture, program, office file …
    UNDECODABLE = "undecodable"  # no charset reads it as text
    TOO_LARGE = "too_large"  # over the size limit of one document
    TRUNCATED = "truncated"  # compressed data ends early
    CORRUPT = "corrupt"  # compressed data or archive cannot be read
    INVALID_RECORD = "invalid_record"  # a row that is not JSON, or lacks its text
    UNREADABLE = "unreadable"  # no permission, or it vanished
    UNSUPPORTED = "unsupported"  # a kind of file that holds no articles
    NOT_FOUND = "not_found"  # HTTP 404 or 410, or no such file
    HTTP_ERROR = "http_error"  # any other HTTP status that is no page
    NETWORK = "network"  # no answer: DNS, connection, TLS, time-out
    REFUSED = "refused"  # against the safety rules: address, scheme, path
    ROBOTS = "robots"  # robots.txt forbids it
    LOOP = "loop"  # links that lead in a circle
    NO_BODY = "no_body"  # no line of it reads as article text
    NOT_CHINESE = "not_chinese"  # another language
    INTERNAL_ERROR = "internal_error"  # a defect of ours: please report it
    GROWING = "growing"  # it was still being written; the next run reads it
    LEFT_ALONE = "left_alone"  # its host asked for that, or was silent; a later run asks


@dataclass(frozen=True, slots=True)
class Reject:
    """One row of ``rejects``.

    uri: the document or record; step: the step that stopped it; detail: what was seen, for people.
    article_id: known once its bytes were read.
    attempts: how often it was tried in this run, 0 when it was left alone.
    """

    uri: str
    step: str
    reason: Reason
    detail: str
    article_id: str | None = None
    attempts: int = 1
