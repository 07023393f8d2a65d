"""Progress in the chat: joining, reporting, sessions, showing, undoing, changes."""
