"""Forms with what is known filled in, sheets that people filled in, and calendars, as files.

May import the nouns, `rules`, `answers`, and of `imports` how a workbook is unpacked. Owns `docx`,
`openpyxl` and `icalendar`: nothing of theirs leaves it. May not touch the database, the network or
the disk: a paper is made in memory and given as bytes; a sheet that comes in is read as values,
never as formulas, and faults are told by cell.
"""
