"""What the bot makes of what nobody should send, and what it never says."""
