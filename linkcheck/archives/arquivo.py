"""Arquivo.pt, the Portuguese web archive."""

from linkcheck.archives._pywb import PywbArchive
from linkcheck.model.pace import Budget

# Hard limits, whoever exceeds them is blocked for good: index 250 in 60 s, playback by Memento 400
# in 60 s (github.com/arquivo/pwa-technologies wiki, APIs, read 2026-11). Four fifths of them.
ARCHIVE = PywbArchive(
    name="arquivo",
    prefix="https://arquivo.pt/wayback/",
    replay="https://arquivo.pt/noFrame/replay/",
    index_budget=Budget(requests=200, seconds=60.0),
    budget=Budget(requests=5, seconds=1.0),
    examples=("https://arquivo.pt/wayback/20091218133715/http://www.sapo.pt/",),
)
