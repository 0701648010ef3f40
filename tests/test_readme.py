"""What the README says is so: every command of its tour runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.+)$", "\n".join(re.findall(r"```console\n(.*?)```", README, flags=re.S)), flags=re.M)
SET_UP = re.compile(r"\. \.venv/bin/activate")


@pytest.fixture(scope="module")
def tour(tmp_path_factory, built) -> Path:
    """A place that looks like the checkout after `scripts/demo`."""
    place = tmp_path_factory.mktemp("tour")
    (place / "tests").symlink_to(CHECKOUT / "tests")
    shutil.copytree(built, place / "out" / "demo")
    return place


def test_demo_script_is_the_build_that_the_tour_starts_from():
    """`scripts/demo` builds the sample articles into the folder it is given, `out/demo` by default."""
    script = (CHECKOUT / "scripts" / "demo").read_text(encoding="utf-8")
    assert "out=${1:-out/demo}" in script
    assert 'regiograph build tests/corpus/articles --out "$out"' in script


@pytest.fixture(scope="module")
def walked(tour):
    """Every command of the tour with what it did, run in the order of the README."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = []
    for command in COMMANDS:
        if SET_UP.match(command):
            continue
        if exported := re.fullmatch(r"export (\w+)=(\S+)", command):
            environment[exported[1]] = exported[2]
            continue
        ran = subprocess.run(
            command, shell=True, cwd=tour, env=environment, capture_output=True, text=True, check=False
        )
        done.append((command, ran))
    return done


def test_every_command_of_the_tour_runs(walked):
    """In the order of the README, each command succeeds and prints something."""
    assert len(walked) > 10
    for command, done in walked:
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout or done.stderr, command


@pytest.mark.usefixtures("walked")
def test_every_answer_of_the_tour_has_rows(tour):
    """A question that the tour asks is answered: no empty table greets a newcomer."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment["REGIOGRAPH_STORE"] = "out/demo/store"
    for command in COMMANDS:
        if command.startswith("regiograph query "):
            plain = re.sub(r" --format \w+", "", command) + " --format tsv"
            done = subprocess.run(
                plain, shell=True, cwd=tour, env=environment, capture_output=True, text=True, check=False
            )
            assert len(done.stdout.splitlines()) > 1, command


def test_files_that_the_readme_links_to_are_there():
    """No link of the README points nowhere."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (CHECKOUT / target).exists(), target
