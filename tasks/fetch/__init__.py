"""fetch: inputs -> documents, one after the other.

Reads    Input (see discover); what is no Input passes through unchanged
Adds     Document: uri, content and its digest, fetched_at; of rows also given and body
         InputDone after the last document of an input: record it with the batch that holds that document
Rejects  empty, binary, too_large, truncated, corrupt, invalid_record, unreadable, growing,
         unsupported, not_found, http_error, network, refused, robots, left_alone
Source   what a file is, its content says; its name only decides where the content leaves it open
"""

from tasks.fetch.options import FetchOptions, HttpState, InputDone, Pause, RobotsState, Traffic
from tasks.fetch.read import read_documents

__all__ = ["FetchOptions", "HttpState", "InputDone", "Pause", "RobotsState", "Traffic", "read_documents"]
