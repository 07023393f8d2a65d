"""Case files as a test writes them."""

from evaluation.case_files import CasesRead, read_file

GOOD = """\
- id: a-1
  kind: session
  at: 2022-06-15T09:00
  turns:
    - say: 酷課師第二梯次的同步課是哪幾天
      all: ['@date:7/8', '@date:7/15']
      none: ['@date:6/8']
      cite: ['柒']
    - tap: 報名
      all: ['截止']
"""


def read(text: str) -> CasesRead:
    """The cases of a file with this text."""
    return read_file("a.yaml", text.encode(), "cooc-teacher")
