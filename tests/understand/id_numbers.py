"""ID numbers as people write them: drawn at random."""

from hypothesis import strategies as st

WIDE = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
GAPS = st.sampled_from(["", " ", "-", "　", "_", ".", " - ", "\n", "–"])


@st.composite
def id_number(draw: st.DrawFn) -> str:
    """An ID number, or a resident's, as somebody may write it: spaced, in full width, in small."""
    letter = draw(st.sampled_from("ABCDEFGHJKLMNPQRSTUVXYWZIO"))
    kind = draw(st.sampled_from("1289"))
    number = letter + kind + draw(st.text("0123456789", min_size=8, max_size=8))
    written = draw(st.sampled_from([number, number.lower()]))
    gaps = draw(st.lists(GAPS, min_size=9, max_size=9))
    wide = draw(st.lists(st.booleans(), min_size=10, max_size=10))
    chars = [WIDE[c] if w else c for c, w in zip(written, wide, strict=True)]
    return "".join(c + g for c, g in zip(chars, [*gaps, ""], strict=True))
