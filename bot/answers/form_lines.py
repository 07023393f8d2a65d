"""What is said of a form that can be downloaded, or why it cannot."""

from collections.abc import Iterable

from bot.model.edition import Edition
from bot.model.entries import Form
from bot.model.form_layout import FILLINGS

NO_PAPER = "這一項沒有可以下載的檔案：它不是附在計畫後面的表件，請依計畫說明填寫。"
UNCONFIRMED = "這一份表件還沒有和今年的文件核對，先不提供下載；請洽計畫的承辦單位。"
NONE_AT_ALL = "這份計畫沒有可以下載的附件表件。"
OUR_OWN = "檔案是師鐘照計畫附件的欄位重做的，送件前請和計畫公告的附件核對。"
NO_ID = "身分證字號一律留白，請在紙本上自己填。"


def why_no_paper(form: Form) -> str:
    """Why no file of this form is given, as a sentence; empty where one is."""
    if form.layout is None:
        return NO_PAPER
    return UNCONFIRMED if form.to_confirm else ""


def papers_of(edition: Edition) -> tuple[Form, ...]:
    """The forms of an edition that can be downloaded."""
    return tuple(form for form in edition.forms if not why_no_paper(form))


def called(form: Form) -> str:
    """A form by its number and title: 附件1薦派表."""
    return f"{form.number}{form.title}"


def paper_facts(form: Form) -> tuple[str, ...]:
    """What to know before a form is downloaded: who signs, what stays blank."""
    layout = form.layout
    facts = (
        f"下載後要核章：{'、'.join(form.signatures)}" if form.signatures else "",
        f"份數：{form.copies}" if form.copies else "",
        NO_ID if layout and any(field.is_secret for field in layout.fields) else "",
        OUR_OWN,
    )
    return tuple(filter(None, facts))


def brought_in(names: Iterable[str]) -> str:
    """What was filled in of what is known; empty where nothing was."""
    labels = "、".join(FILLINGS[name].label for name in names)
    return f"已先填好您留下的紀錄：{labels}。請核對，不對可以直接改。" if labels else ""


def not_brought_yet(names: Iterable[str]) -> str:
    """What would be filled in of who reports it; empty where the form has nothing of that."""
    labels = "、".join(FILLINGS[name].label for name in names)
    return f"加入「我的進度」並回報完成之後，這裡會先填好：{labels}。" if labels else ""


def not_brought_in(titles: Iterable[str]) -> str:
    """Which courses are not in it, because they were chosen only; empty where there is none."""
    said = "、".join(titles)
    return f"選了場次、還沒回報完成的沒有填入：{said}。" if said else ""
