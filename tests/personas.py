"""Who writes to the bot in tests that play LINE's part."""

from bot.simulator.people import Persona

TEACHER = Persona("王老師", "教師")
