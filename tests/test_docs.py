"""What the documentation shows is what the program does."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]}


def test_the_first_example_of_the_readme_prints_what_it_shows(monkeypatch):
    monkeypatch.chdir(ROOT)
    block = re.search(r"```console\n\$ onrecord (read [^\n]+)\n(.*?)```", README, re.DOTALL)
    printed = CliRunner().invoke(main, shlex.split(block[1])).stdout.splitlines()
    shown = block[2].splitlines()
    rest = iter(printed)
    for line in shown:
        if line.strip() != "…":  # the sheet is shown in parts, in order
            assert line in rest, f"the sheet does not print: {line}"


def _commands(group, before=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*before, name))


@pytest.mark.parametrize("command", [" ".join(name) for name, _ in _commands(main)])
def test_each_command_is_documented(command):
    text = "".join(PAGES.values())
    assert f"onrecord {command}" in text, f"no page tells of onrecord {command}"


def test_each_command_has_help():
    for name, command in _commands(main):
        assert command.help, name


@pytest.mark.parametrize("name", onrecord.__all__)
def test_each_public_name_is_documented(name):
    assert getattr(onrecord, name).__doc__, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_between_pages_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGES[page]):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_public_surface_is_the_one_that_is_listed():
    public = {name for name in dir(onrecord) if not name.startswith("_")}
    modules = {name for name in public if type(getattr(onrecord, name)).__name__ == "module"}
    assert public - modules == set(onrecord.__all__)
