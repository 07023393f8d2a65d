"""Every table, of whatever module: `EVERY` knows them all, `Base` only those that were imported."""

from bot.store import (
    account_tables,
    broadcast_tables,
    channel_tables,
    deployment_tables,
    import_tables,
    menu_tables,
    own_tables,
    reminder_tables,
    roster_tables,
    school_tables,
    sending_tables,
    submission_tables,
    tables,
    track_tables,
    watch_tables,
)

MODULES = (
    account_tables,
    broadcast_tables,
    channel_tables,
    deployment_tables,
    import_tables,
    menu_tables,
    own_tables,
    reminder_tables,
    roster_tables,
    school_tables,
    sending_tables,
    submission_tables,
    tables,
    track_tables,
    watch_tables,
)

EVERY = tables.Base.metadata
