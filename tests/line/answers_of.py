"""Answers of any shape, for properties."""

from hypothesis import strategies as st

from bot.messages import Answer, Button, Card, Row, Text, Tone

# Letters of one, two, three and four bytes, joined emoji, flags, marks, and what is invisible.
SAMPLES = 'aZ9 \n，。；報名截止臺灣é́👍👩‍🏫🇹🇼\u200b\u3000<&"\\'
words = st.text(st.sampled_from(SAMPLES), max_size=60) | st.text(max_size=20)
long_words = words | st.builds(
    lambda unit, times: unit * times,
    st.sampled_from(["報名", "a，", "👩‍🏫", "é́"]),
    st.integers(1, 3_000),
)
buttons = st.one_of(
    st.builds(lambda label, say: Button(label, say=say), words, long_words.filter(bool)),
    st.builds(lambda label, data: Button(label, data=data), words, long_words.filter(bool)),
    st.builds(
        lambda label, rest: Button(label, url=f"https://example.tw/{rest}"), words, long_words
    ),
    st.builds(lambda label: Button(label, url="javascript:alert(1)"), words),
)
cards = st.builds(
    Card,
    title=words,
    lead=long_words,
    facts=st.lists(long_words, max_size=6).map(tuple),
    state=words,
    sources=st.lists(words, max_size=4).map(tuple),
    document=words,
    tone=st.sampled_from(Tone),
    buttons=st.lists(buttons, max_size=6).map(tuple),
)
rows = st.builds(Row, st.lists(cards, min_size=1, max_size=16).map(tuple))
parts = st.one_of(st.builds(Text, long_words), cards, rows)
answers = st.builds(
    Answer,
    parts=st.lists(parts, max_size=7).map(tuple),
    quick=st.lists(buttons, max_size=18).map(tuple),
)
