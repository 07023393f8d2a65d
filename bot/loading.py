"""The plans of a process, read and indexed. Who needs them imports this, and nobody else."""

import gc

from bot.catalog.load import load_library
from bot.errors import SettingsError
from bot.settings import Settings
from bot.understand.reader import Reader


def load_reader(settings: Settings) -> Reader:
    """The plans, read and indexed.

    Raises:
        KnowledgeError: a file is wrong.
        SettingsError: there is no such folder.
    """
    if not settings.knowledge_dir.is_dir():
        raise SettingsError(
            f"KNOWLEDGE_DIR 指的「{settings.knowledge_dir}」不是資料夾："
            "請在專案的根目錄執行，或把它設成計畫檔所在的資料夾。"
        )
    reader = Reader(load_library(settings.knowledge_dir))
    # The index lives as long as the process: searching it for rubbish held a message up by 100 ms.
    gc.freeze()
    return reader
