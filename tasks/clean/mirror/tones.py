"""tones: the letters of pinyin that carry a tone mark, by which a reading is told from a word of another language."""

import re

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
"""Vowels in four tones, and the syllabic n and m; for the inside of a character class."""
TONE = re.compile(f"[{TONED}]")
