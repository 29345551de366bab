"""JSON values out of a stream, one after the other: an array's elements, or objects over several lines.

Holds one value at a time, whatever the length of the array. The text between values
(brackets, commas, blanks) is passed over; a value is found by its brackets alone, so that
a damaged one costs itself only and is reported by whoever parses it.
"""

import re
from collections.abc import Iterator

from tasks.fetch.streams import ByteStream, StreamLine

_MARK = re.compile(rb'["\\{}\[\]]')


def json_objects(stream: ByteStream, limit: int) -> Iterator[StreamLine]:
    """Yield each outermost object of a stream, numbered from 1.

    ``too_large`` objects are measured and not kept. Bytes after the last whole object that
    open another one are yielded as they are: they will not parse.
    """
    number, depth, size = 1, 0, 0
    in_string = escaped = False
    parts: list[bytes] = []
    for chunk in stream.chunks():
        start = position = 0
        if escaped and chunk:
            position, escaped = 1, False
        while match := _MARK.search(chunk, position):
            mark = match.group()
            position = match.end()
            if mark == b"\\":
                if in_string:
                    escaped = position == len(chunk)
                    position += 1
            elif mark == b'"':
                in_string = depth > 0 and not in_string
            elif in_string:
                continue
            elif mark == b"{":
                if depth == 0:
                    start = match.start()
                depth += 1
            elif mark == b"}" and depth:
                depth -= 1
                if depth == 0:
                    size += position - start
                    yield _value(number, [*parts, chunk[start:position]], size, limit)
                    number, size, parts = number + 1, 0, []
        if depth:
            size += len(chunk) - start
            parts = [*parts, chunk[start:]] if size <= limit else []
    if depth:
        yield _value(number, parts, size, limit)


def _value(number: int, parts: list[bytes], size: int, limit: int) -> StreamLine:
    return StreamLine(number, b"" if size > limit else b"".join(parts), size, too_large=size > limit)
