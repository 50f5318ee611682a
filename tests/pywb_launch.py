"""Run in pywb's own environment: serve the collections of the working directory on loopback."""

import os

from gevent.monkey import patch_all

patch_all()

from gevent.pywsgi import WSGIServer  # noqa: E402 - what it imports must be patched
from pywb.apps.frontendapp import FrontEndApp  # noqa: E402 - the same
from pywb.utils.geventserver import RequestURIWSGIHandler  # noqa: E402 - the same


def main() -> None:
    """Print the port that the system chose, then serve until ended."""
    app = FrontEndApp(config_file="config.yaml")
    server = WSGIServer(
        ("127.0.0.1", 0), app, handler_class=RequestURIWSGIHandler, log=None, error_log=None
    )
    server.init_socket()
    print(server.address[1], flush=True)  # noqa: T201 - read by the fixture
    # pywb prints a line now and then; a pipe that nobody reads any more stops it for good.
    os.dup2(2, 1)
    server.serve_forever()


if __name__ == "__main__":
    main()
