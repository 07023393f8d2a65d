"""Watching over the bot itself."""
