"""tables: what is made at its first use, made before the first document.

Weights of byte pairs, converters and patterns of many words take some 40 ms together. Made while
documents are read, they would make some of them wait; made in the fork server, the workers share them.
"""

from tasks.clean import GATES
from tasks.clean.big5_bytes import eten_pattern
from tasks.clean.gates import look_at
from tasks.clean.private_use import load_glyphs
from tasks.clean.spam import load_terms
from tasks.clean.spam_gate import load_suspects
from tasks.decode.evidence import line_codes
from tasks.decode.pairs import PAIR_CHARSETS, pair_weight_list
from tasks.extract.fold import fold_lines
from tasks.metadata.folding import fold as fold_field
from tasks.metadata.folding import fold_lines as fold_fields
from tasks.metadata.folding import printings
from tasks.script.classify import char_bits
from tasks.script.convert import load_converters


def load_tables() -> None:
    """Make every table that reading a document may ask for."""
    look_at(line_codes([""]), GATES)
    for charset in PAIR_CHARSETS:
        pair_weight_list(charset)
    eten_pattern()
    load_glyphs()
    load_terms()
    load_suspects()
    char_bits("")
    load_converters()
    fold_lines(["一"])
    fold_fields(["一"])
    fold_field("二")
    printings("三")
