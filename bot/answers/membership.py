"""Whether a school that a question names is on the list that answers it."""

import re
import unicodedata

_SCHOOL = re.compile(r"([一-鿿]{2})(高中|高職|高商|高工|女中|國中|國小|家商|工商|中學)")

_NO_NAME = re.compile("[國市私縣公]立|[幾哪這那本別他全各每有些所間是我你們校]|普通|綜合|一般")
A_LIST = 3  # schools named


def on_the_list(question: str, said: str) -> str:
    """A sentence on each school that the question names, where `said` lists schools; else empty."""
    listed = {m[0] for m in _SCHOOL.finditer(said)}
    if len(listed) < A_LIST:
        return ""
    text = unicodedata.normalize("NFKC", question)
    asked = dict.fromkeys(m[0] for m in _SCHOOL.finditer(text) if not _NO_NAME.search(m[1]))
    return "".join(f"{name}在名單上。" if name in said else f"名單上沒有{name}。" for name in asked)
