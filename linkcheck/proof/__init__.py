"""Verdicts proved from the evidence: every answer read again from its bytes, and judged again."""

from linkcheck.proof.outcome import Outcome, Proved
from linkcheck.proof.prover import Prover, records_of
from linkcheck.proof.readers import Reader, Readers
from linkcheck.proof.texts import Texts

__all__ = ["Outcome", "Proved", "Prover", "Reader", "Readers", "Texts", "records_of"]
