"""Arquivo.pt, the Portuguese web archive."""

from linkcheck.archives._prefixed import PrefixedArchive

ARCHIVE = PrefixedArchive(
    name="arquivo",
    prefix="https://arquivo.pt/wayback/",
    examples=("https://arquivo.pt/wayback/20091218133715/http://www.sapo.pt/",),
)
