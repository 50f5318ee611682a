"""What a run says of the place that it looked from."""

import socket
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from linkcheck.model.vantage import Vantage
from linkcheck.net.vantage import look_around

HERE = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=8)))


def test_the_place_is_told_without_the_machine_s_name(tmp_path: Path) -> None:
    conf = tmp_path / "resolv.conf"
    conf.write_text(
        "# by hand\nsearch secret.example\nnameserver 9.9.9.9\nnameserver fe80::1%eth0\n"
        "nameserver 9.9.9.9\nnameserver nonsense\nnameserver\noptions edns0\n"
    )
    environment = {"HTTPS_PROXY": "http://name:password@proxy.secret.example:8080"}
    seen = look_around(environment, resolv_conf=conf, now=HERE)
    assert seen.time_zone == "UTC+08:00"
    assert seen.resolvers == ("9.9.9.9", "fe80::1")
    assert seen.proxies == ("https",)
    text = msgspec.json.encode(seen).decode()
    assert "secret" not in text
    assert "password" not in text
    assert socket.gethostname() not in text
    assert msgspec.json.decode(text, type=Vantage) == seen


def test_a_machine_without_a_list_of_resolvers(tmp_path: Path) -> None:
    seen = look_around({}, resolv_conf=tmp_path / "absent")
    assert seen.resolvers == ()
    assert seen.proxies == ()
    assert len(seen.time_zone) == 9
