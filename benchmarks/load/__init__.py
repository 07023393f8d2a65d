"""How many webhooks a second, and how long until the reply: this bot beside the usual samples."""
