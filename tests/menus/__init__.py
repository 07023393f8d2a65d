"""Menus under the chat."""
