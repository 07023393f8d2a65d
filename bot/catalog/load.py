"""The whole `knowledge/` folder as one library, or everything that is wrong with it."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.check import edition_faults, lexicon_faults, library_findings
from bot.catalog.confirmation import answerable
from bot.catalog.shape import BAD, Shaper
from bot.catalog.sheet import Marks, Sheet, written_facets, written_ids
from bot.catalog.yaml_lines import Fault, YamlFault, read_tree
from bot.errors import Finding, KnowledgeError
from bot.model.edition import Edition, Lexicon, Library

PLANS = "plans"
LEXICON = "lexicon.yaml"
_PLACE = re.compile(r"plans/(?P<plan>[a-z0-9-]+)/(?P<edition>[a-z0-9-]+)\.yaml")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the library of what is whole, its sheets, and all that is wrong.

    Sheets hold the editions as they are written; the library's say what is still to be confirmed.
    """

    library: Library
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]


def load_library(folder: Path) -> Library:
    """The editions by plan and edition, and the lexicon.

    Raises:
        KnowledgeError: with every finding in every file.
    """
    reading = read_folder(folder)
    if reading.findings:
        raise KnowledgeError(reading.findings)
    return reading.library


def read_folder(folder: Path) -> Reading:
    """Everything below `folder` that can be read; findings in the order of files and lines."""
    files = _files(folder)
    findings: list[Finding] = []
    sheets: list[Sheet] = []
    lexicon, words_read = Lexicon(), hashlib.sha256()
    for name, content in files:
        words_read.update(name.encode() + b"\0" + content + b"\0")
        if name == LEXICON:
            lexicon, found = _lexicon(content)
        else:
            sheet, found = read_sheet(name, content)
            sheets += [sheet] if sheet else []
        findings += found
    findings += _misplaced(folder)
    findings += library_findings(sheets, lexicon)
    editions = answerable([sheet.edition for sheet in sheets])
    library = Library(editions=editions, lexicon=lexicon, version=words_read.hexdigest()[:12])
    return Reading(library, tuple(sheets), tuple(sorted(set(findings))))


def read_sheet(name: str, content: bytes) -> tuple[Sheet | None, list[Finding]]:
    """One plan file, named below the folder, with what is wrong in it; None if nothing is whole."""
    place = _PLACE.fullmatch(name)
    if not place:
        cure = "放在 plans/<計畫>/<年度>.yaml，名稱只用小寫英文、數字和 -"
        return None, [Finding(name, 0, "", "檔案的位置或名稱不對", cure)]
    try:
        tree, faults = read_tree(content)
    except YamlFault as err:
        return None, [Finding(name, err.fault.line, "", err.fault.what, err.fault.cure)]
    shaper, marks = Shaper(), Marks.of(tree)
    edition = shaper.noun(Edition, tree, given=place.groupdict())
    faults = faults + shaper.faults
    findings = [marks.finding(name, fault) for fault in faults]
    if edition is BAD:
        return None, findings
    ids = written_ids(tree)
    made = {entry.id for entry in edition.entries()} | set(edition.facets)
    written = {i for i, _ in ids} | written_facets(tree)
    sheet = Sheet(name, edition, marks, shaper.nodes, frozenset(written - made))
    # What does not even have its form is not judged by its contents.
    named = {finding.entry for finding in findings}
    checked = [sheet.finding(fault) for fault in edition_faults(sheet, ids)]
    return sheet, findings + [finding for finding in checked if finding.entry not in named]


def _lexicon(content: bytes) -> tuple[Lexicon, list[Finding]]:
    try:
        tree, faults = read_tree(content)
    except YamlFault as err:
        return Lexicon(), [Finding(LEXICON, err.fault.line, "", err.fault.what, err.fault.cure)]
    shaper, marks = Shaper(), Marks.of(tree)
    lexicon = shaper.noun(Lexicon, tree)
    found: list[Fault] = [*faults, *shaper.faults]
    if lexicon is BAD:
        lexicon = Lexicon()
    else:
        found += lexicon_faults(lexicon, tree)
    return lexicon, [marks.finding(LEXICON, fault) for fault in found]


def _files(folder: Path) -> Sequence[tuple[str, bytes]]:
    paths = [*folder.glob(LEXICON), *sorted((folder / PLANS).rglob("*.yaml"))]
    return [(p.relative_to(folder).as_posix(), p.read_bytes()) for p in paths if p.is_file()]


def _misplaced(folder: Path) -> Iterator[Finding]:
    for path in sorted((folder / PLANS).rglob("*.yml")):
        name = path.relative_to(folder).as_posix()
        yield Finding(name, 0, "", "副檔名是 .yml，不會被讀到", "改成 .yaml")
