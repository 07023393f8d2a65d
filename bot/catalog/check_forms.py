"""Layouts of forms: what they refer to exists, and who signs has a box to sign in."""

from collections.abc import Iterator

from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.model.entries import Form
from bot.model.form_layout import Costs, FormLayout, Signing


def form_faults(sheet: Sheet) -> Iterator[Fault]:
    """What is wrong in the layouts of an edition."""
    for form in sheet.edition.forms:
        if form.layout is not None:
            yield from _amounts(sheet, form.layout)
            yield from _signing(sheet, form, form.layout)


def _amounts(sheet: Sheet, layout: FormLayout) -> Iterator[Fault]:
    known = {amount.id for amount in sheet.edition.amounts}
    for block in layout.blocks:
        if not isinstance(block, Costs):
            continue
        named = [(block, "cap", block.cap), *((c, "share", c.share) for c in block.costs)]
        for noun, key, amount in named:
            if amount and amount not in known and amount not in sheet.formless:
                what = f"數量（amounts）裡沒有「{amount}」"
                yield Fault(sheet.line(noun, key), what, "寫 amounts 裡有的 id，或刪掉這個欄位")


def _signing(sheet: Sheet, form: Form, layout: FormLayout) -> Iterator[Fault]:
    signs = any(isinstance(block, Signing) for block in layout.blocks)
    if signs and not form.signatures:
        what = "版面有核章欄，但沒有寫誰要核章"
        yield Fault(sheet.line(form, "layout"), what, "補上 signatures，或刪掉 sign: true")
    if form.signatures and not signs:
        what = "這張表要核章，版面卻沒有核章欄"
        yield Fault(sheet.line(form, "layout"), what, "在 blocks 裡補上 - sign: true")
