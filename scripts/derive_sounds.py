"""Writes bot/understand/sounds.txt: the characters of Big5 grouped by how they sound.

    python scripts/derive_sounds.py

Tones are left out, and sounds that people in Taiwan often mix up when they type by 注音 are put
together (ㄓ/ㄗ, ㄔ/ㄘ, ㄕ/ㄙ, ㄣ/ㄥ). Readings are pypinyin's; both sides of a comparison use the
same table, so a reading that differs from Taiwan's does no harm.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

OUT = Path(__file__).parent.parent / "bot" / "understand" / "sounds.txt"
MIXED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ü", "v"))


def sound(char: str) -> str:
    """The folded, toneless syllable of one character; empty where it has none."""
    syllable = pinyin(char, style=Style.NORMAL, errors="ignore", heteronym=False)
    said = syllable[0][0] if syllable else ""
    for a, b in MIXED:
        said = said.replace(a, b)
    return said


def main() -> None:
    """Write the table, one syllable a line."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        try:
            char.encode("big5")
        except UnicodeEncodeError:
            continue
        if said := sound(char):
            by_sound[said].append(char)
    lines = (f"{s} {''.join(chars)}" for s, chars in sorted(by_sound.items()))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
