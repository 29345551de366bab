-- full_width: a text with full-width marks (，：！) where Chinese is written; null stays null.
-- Grain:   one text; line by line, because lines of code stay as they are
-- Reads:   nothing. The rule of tasks/clean/punctuation_width.py (a test compares both) without
--          look-around, which RE2 lacks: U+FDD0 is put between a Chinese character and a mark,
--          U+FDD1 after it where the character is none, U+FDD2 behind a mark to be widened
-- Used by: reading; people
create or replace macro full_width(original) as case
    when original is null
        or not regexp_matches(original, '[,:;?!(]')
        or regexp_matches(original, '[\x{FDD0}-\x{FDD2}]')
    then original
    else array_to_string(list_transform(string_split(array_to_string(list_transform(
        string_split(original, chr(10)),
        lambda line: case
            when not regexp_matches(line, '[,:;?!(]') or regexp_matches(regexp_replace(line,
                '://[A-Za-z0-9._~/%:@+-]*\?[A-Za-z0-9._~/%:@+&#?-]*=[A-Za-z0-9._~/%:@+=&#?-]*[A-Za-z0-9]', '://', 'g'),
                '[{}<>=`$\\]|"""|/\*|\*/|[A-Za-z0-9_]\(\)|[\[(]["'']|[)A-Za-z0-9_"''];[ \t\x{A0}\x{3000}]*$'
                '|(?:^|[ \t\x{A0}\x{3000}])(?:#|--)[ !]|(?:^|[ \t\x{A0}\x{3000}]|;)//|^[ \t\x{A0}\x{3000}]*[A-Za-z_.]+[ \t\x{A0}\x{3000}]*["'']'
                '|://[!-~]*[/?&#_-][々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}]')
                or length(regexp_replace(line, '[^A-Za-z]+', '', 'g'))
                    > 2 * length(regexp_replace(line, '[^々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}]+', '', 'g'))
            then line
            else regexp_replace(regexp_replace(regexp_replace(regexp_replace(line,
                '(^|[々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}”’」』》〉】〕）…—。、％℃,;:，；：])'
                '\(([^()（）]*[々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}][^()（）]*)\)', '\1（\2）', 'g'),
                '([々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}”’」』》〉】〕）…—。、％℃])([,;?!]+|:)',
                '\1' || chr(64976) || '\2', 'g'),
                '([0-9%A-Za-z)\]])([,;])', '\1' || chr(64976) || chr(64977) || '\2', 'g'),
                '(\x{FDD0}:|\x{FDD0}\x{FDD1}[,;]|\x{FDD0}[,;?!]+)'
                '([々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}“‘「『《〈【〔（])'
                '|(\x{FDD0}:|\x{FDD0}[,;?!]+)([ \t\x{A0}\x{3000}]*$)'
                '|(\x{FDD0}[,;?!]+)([”’」』》〉】〕）…—。、％℃0-9]'
                '|[ \t\x{A0}\x{3000}]+[々〇\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}“‘「『《〈【〔（])'
                '|(\x{FDD0}[?!]+)(\))', '\1\3\5\7' || chr(64978) || '\2\4\6\8', 'g')
        end), chr(10)), chr(64976)),
        lambda part: case
            when contains(part, chr(64978))
            then translate(split_part(part, chr(64978), 1), ',:;?!' || chr(64977), '，：；？！')
                || split_part(part, chr(64978), 2)
            else replace(part, chr(64977), '')
        end), '')
end
