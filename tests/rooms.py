"""The rooms of the house, and who may import whom. `docs/decisions/0001-rooms.md` says why."""

NOUNS = {"model", "messages", "errors", "clock"}
# Room → the rooms that it may import. A module on its own (clock, dispatch, …) is a room too.
MAY_IMPORT: dict[str, set[str]] = {
    "clock": set(),
    "errors": set(),
    "model": {"clock", "errors"},
    "messages": {"model", "errors"},
    "setting_values": {"errors"},
    "settings": {"clock", "errors", "setting_values"},
    "understand": NOUNS | {"later"},
    "catalog": NOUNS - {"messages"},
    "rules": (NOUNS - {"messages"}) | {"later"},
    "answers": NOUNS | {"understand", "rules", "links"},
    "store": NOUNS | {"settings", "later"},
    "line": NOUNS | {"settings", "counting", "log_lines"},
    "mail": NOUNS | {"settings"},
    "papers": NOUNS | {"rules", "answers", "imports", "later"},
    "imports": NOUNS | {"understand", "rules", "later"},
    "ledger": NOUNS | {"rules", "store"},
    "school_reading": NOUNS | {"rules", "ledger", "store"},
    "school_work": NOUNS | {"rules", "understand", "ledger", "reminders", "store"},
    "collecting": NOUNS | {"rules", "understand", "answers", "ledger", "store", "school_work"},
    "reminders": NOUNS | {"rules", "answers", "ledger", "school_reading", "store"},
    "broadcasts": NOUNS | {"rules", "answers", "ledger", "store"},
    "broadcast_work": NOUNS | {"understand", "answers", "store", "reminders", "broadcasts"},
    "links": set(),
    "sealing": {"errors"},
    "turns": set(),
    "together": set(),
    "later": set(),
    "log_lines": set(),
    "counting": set(),
    "watching": NOUNS | {"rules", "answers", "store", "mail", "counting"},
    "house": NOUNS | {"channels", "stations", "readers", "replied", "line", "counting", "watching"},
    "loading": {"errors", "settings", "catalog", "understand"},
    "preparing": {"errors", "settings", "store"},
    "channels": NOUNS | {"sealing", "settings", "store"},
    "readers": NOUNS | {"channels", "understand", "store"},
    "handlers": NOUNS
    | {"catalog", "rules", "understand", "answers", "store", "links", "ledger"}
    | {"reminders", "school_reading", "school_work", "broadcasts", "broadcast_work"}
    | {"collecting"},
    "dispatch": NOUNS
    | {"handlers", "readers", "links", "understand", "store", "catalog", "settings", "counting"},
    "rounds": NOUNS | {"dispatch", "handlers", "store", "together", "understand", "log_lines"},
    "replied": NOUNS | {"handlers", "store"},
    "staff_work": NOUNS | {"handlers", "understand", "store"},
    "reply_form": NOUNS | {"staff_work", "understand"},
    "shown_questions": NOUNS | {"readers", "store", "understand"},
    "own_work": NOUNS | {"rules", "answers", "ledger", "reminders", "store"},
    "own_mail_work": NOUNS | {"own_work", "store"},
    "menus": NOUNS | {"settings", "store"},
    "import_work": NOUNS | {"imports", "rules", "ledger", "reminders", "store", "understand"},
    "comparing": NOUNS | {"catalog", "rules", "answers"},
    "import_kinds": NOUNS | {"import_work", "imports"},
    "console_work": NOUNS
    | {"understand", "catalog", "rules", "answers", "imports", "store", "ledger", "reminders"}
    | {"readers", "handlers", "import_work", "staff_work", "settings"}
    | {"shown_questions", "import_kinds"},
    "delivery": NOUNS | {"settings", "store", "mail", "links"},
    "pages": NOUNS
    | {"settings", "dispatch", "staff_work", "readers", "answers", "links", "store", "understand"}
    | {"rules", "papers", "ledger", "own_work", "own_mail_work", "school_reading", "school_work"}
    | {"turns", "later"}
    | {"reminders", "imports", "import_work", "reply_form", "shown_questions"},
    "sign_in": NOUNS - {"messages"} | {"store", "sealing"},
    "console": NOUNS
    | {"settings", "sign_in", "store", "answers", "rules", "understand", "links"}
    | {"readers", "ledger", "dispatch", "staff_work", "own_work", "reminders", "school_reading"}
    | {"school_work", "import_work", "imports", "papers", "broadcasts", "broadcast_work"}
    | {"collecting", "console_work", "reply_form", "shown_questions", "import_kinds", "later"}
    | {"comparing", "catalog", "turns"},
    "web": NOUNS | {"settings", "dispatch", "store", "line", "counting", "log_lines"},
    "simulator": NOUNS | {"settings", "line"},
}
MAY_IMPORT["stations"] = NOUNS | {
    "settings", "channels", "line", "links", "mail", "menus", "delivery", "reminders", "broadcasts",
    "handlers", "console_work", "understand", "watching",
}  # fmt: skip
MAY_IMPORT["wiring"] = set(MAY_IMPORT) | {"wiring"}
MAY_IMPORT["cli"] = MAY_IMPORT["wiring"] | {"cli"}
MAY_IMPORT["__main__"] = {"cli", "errors"}
