"""code_page: what two bytes are in GBK as browsers read it, and back.

Source   CP936 with its user-defined cells in the private-use area, as Windows and the WHATWG
         gb18030 index place them: AAA1.. U+E000.., F8A1.. U+E234.., A140.. U+E4C6..
"""

CUTS = {"!": 0xA3A1, ";": 0xA3BB, "?": 0xA3BF, ",": 0xA3AC, "。": 0xA1A3}
CUTS |= {chr(ord(mark) + 0xFEE0): code for mark, code in CUTS.items() if mark < "\x80"}
"""Mark at whose code pages were cut, as shown (wide or narrow) -> its code."""


def _user_cell(lead: int, trail: int) -> str | None:
    if trail >= 0xA1:
        if 0xAA <= lead <= 0xAF:
            return chr(0xE000 + (lead - 0xAA) * 94 + trail - 0xA1)
        if 0xF8 <= lead <= 0xFE:
            return chr(0xE234 + (lead - 0xF8) * 94 + trail - 0xA1)
    elif 0xA1 <= lead <= 0xA7 and 0x40 <= trail != 0x7F:
        return chr(0xE4C6 + (lead - 0xA1) * 96 + trail - 0x40 - (trail > 0x7F))
    return None


def _cells() -> dict[int, str]:
    cells = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            text = bytes((lead, trail)).decode("gbk", "ignore")
            char = text if len(text) == 1 and text >= "\x80" else _user_cell(lead, trail)
            if char:
                cells[lead << 8 | trail] = char
    # the codec has the look-alikes U+2015 and U+30FB here
    cells[0xA1AA], cells[0xA1A4] = "—", "·"
    return cells


CELLS: dict[int, str] = _cells()
"""Code (lead << 8 | trail) -> character."""
CODES: dict[str, int] = {char: code for code, char in CELLS.items()}
"""Character -> code."""


def code_of(char: str) -> int:
    """Return the code of a character, 0 when it has none; a narrow mark or digit counts as the wide one."""
    code = CODES.get(char, 0)
    return 0xA380 | ord(char) if not code and "!" <= char <= "~" else code
