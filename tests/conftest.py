import hypothesis
import pytest

# No timing decides a test: a first example may import what the later ones have at hand.
hypothesis.settings.register_profile("linkcheck", deadline=None)
hypothesis.settings.load_profile("linkcheck")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)
