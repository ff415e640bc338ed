"""A newsroom on loopback that answers with any bytes at all, and edits its articles: ``server``, ``newsroom``."""

from tests.press.newsroom import Newsroom
from tests.press.reply import Close, Pause, Repeat, Reply, Request, Reset, Send, Stall
from tests.press.server import Press

__all__ = ["Close", "Newsroom", "Pause", "Press", "Repeat", "Reply", "Request", "Reset", "Send", "Stall"]
