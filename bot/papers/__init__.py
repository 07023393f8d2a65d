"""Word and Excel files: forms with what is known filled in, and sheets that people filled in.

May import the nouns, `rules` and `answers`. Owns `docx` and `openpyxl`: nothing of theirs leaves
it. May not touch the database, the network or the disk: a paper is made in memory and given as
bytes; a sheet that comes in is read as values, never as formulas, and faults are told by cell.
"""
