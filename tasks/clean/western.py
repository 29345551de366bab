"""western: text back to the bytes that a Western code page had read.

Source   WHATWG windows-1252: the five bytes that Windows-1252 leaves free are read as the control
         characters of Latin-1, so every byte has a character and every such text its bytes.
"""

_BYTES = {chr(byte): byte for byte in range(0x100)}
_BYTES |= {
    char: byte
    for byte in range(0x80, 0xA0)
    if (char := bytes((byte,)).decode("cp1252", "ignore")) and char != "\ufffd"
}
_BYTES["\ufffd"] = 0xFF
_TABLE = {ord(char): byte for char, byte in _BYTES.items()}


def to_western_bytes(text: str) -> bytes | None:
    """Return the bytes whose Windows-1252 or Latin-1 reading is ``text``; 0xFF for U+FFFD.

    ``None`` when a character is in neither.
    """
    try:
        return text.translate(_TABLE).encode("latin-1")
    except UnicodeEncodeError:
        return None
