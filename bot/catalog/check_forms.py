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
            yield from _origins(sheet, form.layout)


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


def _origins(sheet: Sheet, layout: FormLayout) -> Iterator[Fault]:
    """What a form draws from exists, and has parts, sessions or facts to draw."""
    edition = sheet.edition
    items = {item.id: item for track in edition.tracks for item in track.items}
    for origin in layout.origins.values():
        item = items.get(origin.requirement)
        if origin.requirement and (item is None or not item.parts):
            what = f"要完成的事（tracks）裡沒有分項（parts）的「{origin.requirement}」"
            yield Fault(sheet.line(origin, "requirement"), what, "寫有 parts 的 item 的 id")
        if origin.facet and origin.facet not in edition.facets:
            what = f"面向（facets）裡沒有「{origin.facet}」"
            yield Fault(sheet.line(origin, "facet"), what, "寫 facets 裡有的名稱")
        if item is not None and origin.facet and not item.sessions:
            what = f"「{origin.requirement}」沒有場次（sessions），不知道是哪個{origin.facet}"
            yield Fault(sheet.line(origin, "facet"), what, "刪掉 facet，或替這個 item 寫 sessions")
        if origin.eligibility and all(e.id != origin.eligibility for e in edition.eligibility):
            what = f"資格（eligibility）裡沒有「{origin.eligibility}」"
            yield Fault(sheet.line(origin, "eligibility"), what, "寫 eligibility 裡有的 id")
