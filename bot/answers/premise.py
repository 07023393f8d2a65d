"""Whether a question takes for granted a figure that the answer does not have."""

import re

_CHECKS = re.compile(r"對吧|對嗎|對不對|沒錯吧|是嗎|是不是|正確嗎|是吧|吧$")
_FIGURE = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d+)?)\s*(元|份|次|場|門|人|名|位|小時|張|群|%)")
_ALIKE = {"名": "人", "位": "人", "場": "次"}


def is_premise_wrong(question: str, said: str) -> bool:
    """Whether `question` asks to confirm a figure, and `said` has others of its unit but not it.

    Both are folded. A figure of a unit that the answer does not speak of proves nothing.
    """
    if not _CHECKS.search(question):
        return False
    asked, told = _figures(question), _figures(said.replace(",", ""))
    units = {unit for _, unit in told}
    about = {(number, unit) for number, unit in asked if unit in units}
    return bool(about) and not about & told


def _figures(key: str) -> set[tuple[float, str]]:
    return {(float(n), _ALIKE.get(u, u)) for n, u in _FIGURE.findall(key)}
