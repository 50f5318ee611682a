"""The layer that keeps every exchange as evidence, and hands up nothing that was not kept."""

import hashlib
from collections.abc import Iterable

import anyio.lowlevel
import msgspec

from linkcheck.model.body import SPOOL_AFTER
from linkcheck.model.exchange import Asker, Body, Failure, Reply, Request
from linkcheck.net.engine import wire_headers
from linkcheck.net.evidence import CHUNK, Evidence
from linkcheck.net.exchange_record import (
    Exchange,
    Original,
    Record,
    failure_record,
    request_record,
    response_record,
    revisit_record,
    sha256,
    warc_date,
)
from linkcheck.net.http_block import legible, request_block, response_head
from linkcheck.net.question import question, record_id
from linkcheck.net.redaction import (
    answer_without_secrets,
    left_out_of_reply,
    left_out_of_request,
    request_without_secrets,
)
from linkcheck.net.target import read_target
from linkcheck.net.warc import target_uri
from linkcheck.settings.network import Network

REMEMBERED = 50_000  # payloads that a file can be asked to repeat: some 25 MB of memory


class Recorder:
    """Ask the inner asker and append what came back to the evidence.

    The answer is handed up as the record tells it: without the secrets that are left out and
    with the record's id, so that a replay gives equal answers.
    """

    def __init__(self, inner: Asker, *, evidence: Evidence, network: Network) -> None:
        self._inner = inner
        self._evidence = evidence
        self._left_out = evidence.left_out
        self._network = network
        self._asked: dict[bytes, int] = {}
        self._payloads: dict[str, Original] = {}
        self._serial = -1

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask once, and return the answer when its record is written."""
        return await self.keep(request, await self._inner.ask(request))

    async def keep(self, request: Request, came: Reply | Failure) -> Reply | Failure:
        """Record what came of a request, and return it as the record tells it."""
        kept = request_without_secrets(request, self._left_out)
        answer = answer_without_secrets(came, request, self._left_out)
        record = self._next_id(kept)
        if isinstance(answer, Failure):
            failure = msgspec.structs.replace(answer, url=request.url, record=record)
            await self._evidence.append(lambda: [failure_record(kept, failure, record=record)])
            return failure
        head = response_head(answer)
        if head is None:
            answer = legible(answer)
            head = response_head(answer) or b""
        reply = msgspec.structs.replace(answer, url=request.url, record=record)
        exchange = Exchange(
            request=kept,
            reply=reply,
            record=record,
            target=target_uri(kept.url),
            date=warc_date(reply.asked_at),
            head=head,
            left_out=(
                left_out_of_request(request, kept, self._left_out),
                left_out_of_reply(came, answer, self._left_out),
            ),
        )
        long = reply.body.size > SPOOL_AFTER
        digest = await long_digest(head, reply.body) if long else sha256(head + reply.body.wire)
        sent = self._sent(request)
        serial = await self._evidence.append(lambda: self._group(exchange, sent, digest), long=long)
        self._remember(exchange, serial)
        return reply

    async def sync(self) -> None:
        """Return when every record handed up so far is on the disk."""
        await self._evidence.sync()

    def _next_id(self, request: Request) -> str:
        asked = question(request)
        times = self._asked.get(asked, 0)
        self._asked[asked] = times + 1
        return record_id(self._evidence.run.id, asked, times)

    def _group(self, exchange: Exchange, sent: bytes, digest: str) -> Iterable[Record]:
        if self._serial != self._evidence.serial:
            # Revisits stay inside their file, so that each can be kept or dropped by itself.
            self._serial = self._evidence.serial
            self._payloads.clear()
        yield request_record(exchange, sent)
        body = exchange.reply.body
        original = None if body.truncated else self._payloads.get(body.sha256)
        if original is None:
            yield response_record(exchange, digest=digest)
        else:
            yield revisit_record(exchange, original)

    def _sent(self, request: Request) -> bytes:
        """Return the request as the engine sends it, but for what is left out."""
        target = read_target(request.url)
        if isinstance(target, str):  # the engine refuses such: it never replied to one
            return request_block(request.method, b"/", [])
        headers = [
            header
            for header in wire_headers(request, target, self._network)
            if header[0].lower().decode("latin-1") not in self._left_out.requests
        ]
        return request_block(request.method, target.path, headers)

    def _remember(self, exchange: Exchange, serial: int) -> None:
        """Let later answers refer to a payload, now that its record is written."""
        body = exchange.reply.body
        if not body.size or body.truncated or serial != self._serial:
            return
        if len(self._payloads) >= REMEMBERED:
            del self._payloads[next(iter(self._payloads))]
        self._payloads.setdefault(
            body.sha256,
            Original(record=exchange.record, target=exchange.target, date=exchange.date),
        )


async def long_digest(head: bytes, body: Body) -> str:
    """Return the digest field of a long block, without holding others up while it is read."""
    digest = hashlib.sha256(head)
    for chunk in body.chunks(CHUNK):
        digest.update(chunk)
        await anyio.lowlevel.checkpoint()
    return f"sha256:{digest.hexdigest()}"
