"""Set-up and upkeep, run from a checkout: nothing in `bot/` imports this."""
