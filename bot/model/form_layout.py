"""How a form looks on paper: what it says, its tables of fields, who signs.

A layout is data of its edition. What of it may be known is named by `fill`: one of FILLINGS, the
same for every plan. An ID number is never filled in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class FileKind(StrEnum):
    """What sort of file a form is given as."""

    WORD = "word"
    EXCEL = "excel"


class Offer(StrEnum):
    """What the bot itself has to give where a document says nothing."""

    FORMS = "forms"  # our own version of the attachments


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """One thing that may be known before a form is filled in."""

    label: str  # how people are asked for it
    is_typed: bool = True  # asked for on the form's page; else it is known by itself
    is_many: bool = False  # several, one after another
    hint: str = ""


# By the name that layouts use. `plan`, `year` and `today` are known of every form.
FILLINGS: Mapping[str, Filling] = {
    "plan": Filling(label="計畫全名", is_typed=False),
    "year": Filling(label="年度", is_typed=False),
    "today": Filling(label="填表日期", is_typed=False),
    "school": Filling(label="學校全銜", hint="例如：○○市立○○高級中學"),
    "name": Filling(label="姓名"),
    "gender": Filling(label="性別"),
    "job": Filling(label="職稱"),
    "subject": Filling(label="任教領域／科別"),
    "qualified": Filling(label="具備的資格", is_many=True),
    "group": Filling(label="組別"),
    "community": Filling(label="社群名稱"),
    "email": Filling(label="電子信箱"),
    "phone": Filling(label="電話"),
    "mobile": Filling(label="手機"),
    "sessions": Filling(label="參與的梯次", is_many=True, hint="只寫數字，例如 1"),
    "courses": Filling(label="完成的課程", is_many=True, hint="寫課程名稱"),
    "members": Filling(label="成員", is_typed=False, is_many=True),
    "communities": Filling(label="各社群", is_typed=False, is_many=True),
    "teachers": Filling(label="受薦派的各位教師", is_typed=False, is_many=True),
}
_NAMED = re.compile(r"\{([a-z]+)(?:\.[1-9])?\}")


def fillings_in(text: str) -> tuple[str, ...]:
    """The names of what a text wants filled in: {school}, {courses.2}."""
    return tuple(dict.fromkeys(_NAMED.findall(text)))


def _refuse_strange(names: Iterable[str]) -> None:
    strange = [name for name in names if name not in FILLINGS]
    if strange:
        raise ValueError(f"沒有「{strange[0]}」可以帶入；可以寫：{'、'.join(FILLINGS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One thing to fill in: a labelled cell, or a column of a table."""

    label: str
    fill: str = ""  # one of FILLINGS
    lines: tuple[str, ...] = ()  # what stands in the cell, {courses.1} and its like filled in
    options: Mapping[str, str] = field(default_factory=dict)  # value → what is ticked
    is_secret: bool = field(default=False, metadata={"key": "secret"})  # always left blank
    is_number: bool = field(default=False, metadata={"key": "numbered"})  # 1, 2, 3 …
    is_summed: bool = field(default=False, metadata={"key": "summed"})
    by: str = ""  # who fills it in; empty: as the layout says
    width: int = 1  # of a column, beside the others
    height: int = 1  # lines of room

    def __post_init__(self) -> None:
        if self.is_secret and self.fillings:
            raise ValueError("secret 的欄位一律留白，不能有 fill、lines 的代號")
        _refuse_strange(self.fillings)

    @property
    def fillings(self) -> tuple[str, ...]:
        """The names of all that may be filled in here."""
        own = (self.fill,) if self.fill else ()
        return tuple(dict.fromkeys((*own, *(n for line in self.lines for n in fillings_in(line)))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lines between the tables: a heading, a statement, to whom it goes, notes."""

    text: tuple[str, ...]
    is_centred: bool = field(default=False, metadata={"key": "centred"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Labels with room beside each."""

    fields: tuple[FormField, ...]
    across: int = 1  # so many of them side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a heading for each column and rows to fill in."""

    columns: tuple[FormField, ...]
    blank: int  # rows
    each: str = ""  # one of FILLINGS: a row for each of them; empty: the first row is the asker's
    across: int = 1  # so many times the columns side by side
    total: str = ""  # label of a last row with sums
    beside: str = ""  # label to the left of the whole table


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A frame with a heading, to write or paste in."""

    box: str
    height: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos:
    """Frames for pictures, two side by side, each with room for what it shows."""

    photos: int
    title: str = "照片"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One item of a budget as the form prints it."""

    title: str  # equal to the one above: both rows are one item
    unit: str
    price: Decimal | None = None
    quantity: Decimal | None = None
    note: tuple[str, ...] = ()
    share: str = ""  # id of the amount that says what share it may have at most
    is_of_rest: bool = field(default=False, metadata={"key": "of_rest"})  # share of the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """A budget: price times quantity, and the sum."""

    costs: tuple[CostLine, ...]
    cap: str = ""  # id of the amount that the sum may not exceed


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The row of boxes for signatures and seals: those that the form's entry names."""

    sign: bool = True


Block = Words | Pairs | Grid | Box | Photos | Costs | Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where what is known for a form comes from: what somebody has done, or told of themselves."""

    requirement: str = ""  # its finished parts: their titles, or what `facet` says of each
    facet: str = ""  # of the session at which a part was finished: its round
    eligibility: str = ""  # the options that are called like its facts and that were told to hold

    def __post_init__(self) -> None:
        if bool(self.requirement) == bool(self.eligibility):
            raise ValueError("來源要寫 requirement 或 eligibility，且只能一種")
        if self.facet and not self.requirement:
            raise ValueError("facet 要和 requirement 一起寫")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLayout:
    """A form from top to bottom."""

    file: FileKind
    by: str  # who fills it in
    heading: tuple[str, ...]
    blocks: tuple[Block, ...]
    origins: Mapping[str, Origin] = field(default_factory=dict, metadata={"key": "from"})

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field, in reading order."""
        found: list[FormField] = []
        for block in self.blocks:
            if isinstance(block, Pairs):
                found += block.fields
            elif isinstance(block, Grid):
                found += block.columns
        return tuple(found)

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines that stand by themselves, the heading first."""
        words = (block.text for block in self.blocks if isinstance(block, Words))
        return (*self.heading, *(line for text in words for line in text))

    @property
    def fillings(self) -> tuple[str, ...]:
        """The names of all that may be filled in, in reading order."""
        named = [name for line in self.texts for name in fillings_in(line)]
        own = [name for one in self.fields for name in one.fillings]
        grids = [b.each for b in self.blocks if isinstance(b, Grid) and b.each]
        return tuple(dict.fromkeys((*named, *own, *grids)))

    @property
    def title(self) -> str:
        """All that is printed, in one line: what a comparison of two editions shows."""
        return "；".join((f"{self.file.value} 檔", *self.texts, *(f.label for f in self.fields)))

    def __post_init__(self) -> None:
        _refuse_strange(self.fillings)
        idle = [name for name in self.origins if name not in self.fillings]
        if idle:
            raise ValueError(f"from 寫了「{idle[0]}」，版面卻沒有地方帶入它")
