"""The model, loaded once for all tests that need it."""

import pytest

from onrecord.encode.encoder import Encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()
