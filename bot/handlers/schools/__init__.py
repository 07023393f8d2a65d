"""Schools in the chat: where somebody teaches, who answers for a school, and handing that over."""
