"""A form's layout with what is known filled in, and what then is still to fill in and to sign."""

from collections.abc import Iterator, Mapping, Sequence

from bot.model.entries import Amount
from bot.model.form_layout import (
    Block,
    Box,
    Costs,
    FileKind,
    FormField,
    FormLayout,
    Grid,
    Pairs,
    Photos,
    Signing,
    Words,
)
from bot.papers.costs import cost_table
from bot.papers.filled import Blank, Cell, FilledForm, Formula, Lines, Table
from bot.papers.known import GAP, Known, clean, many, one, put_into, rows

TICKED, UNTICKED = "■", "□"
SEALED = 3  # lines of room for a seal
PHOTO = 9


def filled(
    layout: FormLayout,
    known: Known,
    signers: Sequence[str] = (),
    amounts: Mapping[str, Amount] | None = None,
) -> FilledForm:
    """The form from top to bottom.

    Args:
        known: by the names of FILLINGS.
        signers: who signs, in order: the form's entry says it.
        amounts: the edition's, by id: what a budget is checked against.

    Raises:
        ValueError: `known` names what no form asks for, or holds an ID number.
    """
    known = clean(known)
    parts: list[Lines | Table] = [
        Lines(text=_lines(layout.heading, known), is_centred=True, is_heading=True)
    ]
    for block in layout.blocks:
        if isinstance(block, Costs):
            parts.append(cost_table(block, amounts or {}, one(known, "group")))
        else:
            parts.append(_part(block, known, signers, layout.file))
    return FilledForm(file=layout.file, parts=tuple(parts))


def still_blank(layout: FormLayout, known: Known, signers: Sequence[str] = ()) -> tuple[Blank, ...]:
    """What is still to be filled in, in reading order, then who signs."""
    known = clean(known)
    found: dict[Blank, None] = {}
    for block in layout.blocks:
        for blank in _blanks(block, layout.by, known):
            found.setdefault(blank)
    signs = any(isinstance(block, Signing) for block in layout.blocks)
    signed = [Blank(label=s, by=s, is_signature=True) for s in (signers if signs else ())]
    return (*found, *signed)


def _part(block: Block, known: Known, signers: Sequence[str], file: FileKind) -> Lines | Table:
    match block:
        case Words():
            return Lines(text=_lines(block.text, known), is_centred=block.is_centred)
        case Pairs():
            return _pairs(block, known)
        case Grid():
            return _grid(block, known, file)
        case Box():
            frame = Cell(height=block.height)
            return Table(rows=((Cell(text=block.box, is_label=True),), (frame,)), widths=(1,))
        case Photos():
            return _photos(block)
        case Signing():
            heads = tuple(Cell(text=s, is_label=True, is_centred=True) for s in signers)
            boxes = tuple(Cell(height=SEALED) for _ in signers)
            return Table(rows=(heads, boxes), widths=(1,) * len(signers))
    raise TypeError(f"no way to draw {block!r}")


def _lines(text: Sequence[str], known: Known) -> tuple[str, ...]:
    return tuple(put_into(line, known) for line in text)


def _pairs(block: Pairs, known: Known) -> Table:
    found: list[tuple[Cell, ...]] = []
    for at in range(0, len(block.fields), block.across):
        some = block.fields[at : at + block.across]
        row = [
            cell
            for one in some
            for cell in (_label(one), Cell(text=_said(one, known), height=one.height))
        ]
        row[-1] = Cell(
            text=row[-1].text, height=row[-1].height, span=2 * (block.across - len(some)) + 1
        )
        found.append(tuple(row))
    return Table(rows=tuple(found), widths=(3, 7) if block.across == 1 else (2, 3) * block.across)


def _label(one: FormField) -> Cell:
    return Cell(text=one.label, is_label=True)


def _said(field: FormField, known: Known) -> str:
    """What stands in a field: ticked options, its own lines, or the value itself."""
    if field.is_secret:
        return ""
    if field.options:
        ticked = set(many(known, field.fill)) if field.fill else set()
        return "\n".join(
            f"{TICKED if value in ticked else UNTICKED}{said}"
            for value, said in field.options.items()
        )
    if field.lines:
        return "\n".join(_lines(field.lines, known))
    return one(known, field.fill) if field.fill else ""


def _grid(block: Grid, known: Known, file: FileKind) -> Table:
    heads = tuple(
        Cell(text=c.label, is_label=True, is_centred=True) for c in block.columns * block.across
    )
    listed = rows(known, block.each) if block.each else ()
    given: list[Known] = [{**known, **row} for row in listed or ({},)]
    count = max(block.blank, -(-len(given) // block.across))
    body = []
    for at in range(count):
        cells: list[Cell] = []
        for place in range(at * block.across, (at + 1) * block.across):
            own = given[place] if place < len(given) else _of_all_rows(known)
            cells += [_grid_cell(c, own, place) for c in block.columns]
        body.append(tuple(cells))
    if block.total:
        body.append(_total(block, count, file))
    found = [heads, *body]
    widths = tuple(c.width for c in block.columns) * block.across
    if block.beside:
        found[0] = (Cell(text=block.beside, is_label=True, down=len(found)), *heads)
        widths = (max(1, sum(widths) // 6), *widths)
    return Table(rows=tuple(found), widths=widths)


def _of_all_rows(known: Known) -> Known:
    """What holds for every row: the plan and the day, but nobody's name."""
    return {name: value for name, value in known.items() if name in ("plan", "year", "today")}


def _grid_cell(column: FormField, known: Known, place: int) -> Cell:
    if column.is_number:
        return Cell(text=str(place + 1), is_centred=True)
    return Cell(text=_said(column, known), height=column.height)


def _total(block: Grid, count: int, file: FileKind) -> tuple[Cell, ...]:
    """The last row: its label over the columns before the first sum, then the sums."""
    summed = [at for at, column in enumerate(block.columns) if column.is_summed]
    first = summed[0] if summed else len(block.columns)
    cells = [Cell(text=block.total, is_label=True, span=max(first, 1))]
    for at in range(max(first, 1), len(block.columns)):
        formula = Formula(text=f"SUM({{1,{at}}}:{{{count},{at}}})")
        adds = at in summed and file is FileKind.EXCEL
        cells.append(Cell(formula=formula) if adds else Cell())
    return tuple(cells)


def _photos(block: Photos) -> Table:
    found: list[tuple[Cell, ...]] = []
    for at in range(1, block.photos + 1, 2):
        names = (f"{block.title}{at}", f"{block.title}{at + 1}" if at < block.photos else "")
        found.append(tuple(Cell(text=n, is_label=True, is_centred=True) for n in names))
        found.append((Cell(height=PHOTO), Cell(height=PHOTO)))
        found.append((Cell(text="說明：", height=2), Cell(text="說明：", height=2)))
    return Table(rows=tuple(found), widths=(1, 1))


def _blanks(block: Block, usual: str, known: Known) -> Iterator[Blank]:
    match block:
        case Pairs():
            yield from (b for f in block.fields for b in _blank(f, usual, known))
        case Grid():
            given = rows(known, block.each) if block.each else ()
            first = {**known, **given[0]} if given else known
            yield from (b for f in block.columns for b in _blank(f, usual, first))
        case Words():
            for line in block.text:
                if GAP in (said := put_into(line, known)):
                    yield Blank(label=f"「{said.strip()}」的空格", by=usual)
        case _:
            yield from (Blank(label=label, by=usual) for label in _frames(block))


def _frames(block: Block) -> Sequence[str]:
    """What a block that has no fields leaves to fill in."""
    match block:
        case Box():
            return (block.box,)
        case Photos():
            return (f"{block.title}及說明（{block.photos}格）",)
        case Costs():
            return ("各項單價、數量及備註",)
    return ()


def _blank(field: FormField, usual: str, known: Known) -> Iterator[Blank]:
    if field.is_number:
        return
    if field.lines:
        is_open = not field.fillings or GAP in _said(field, known)
    else:
        is_open = not (field.fill and many(known, field.fill))
    if is_open:
        yield Blank(label=field.label, by=field.by or usual)
