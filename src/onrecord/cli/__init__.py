"""The command line: `onrecord read FILE…`, and what else there is."""

from __future__ import annotations

import atexit
import gc
import os
from importlib import import_module

import click

COMMANDS = {
    "add": "keeping:add",
    "completion": "reading:completion",
    "correct": "correcting:correct",
    "corrections": "correcting:corrections",
    "demo": "reading:demo",
    "export": "exporting:export",
    "find": "keeping:find",
    "read": "reading:read",
    "refresh": "keeping:refresh",
    "schema": "reading:print_schema",
    "serve": "serving:serve",
    "site": "site:site",
    "story": "stories:story",
    "who": "keeping:who",
}
"""Where each command is: the module of this folder, and its function."""


class Commands(click.Group):
    """The commands, each loaded when it is asked for: `onrecord read` needs neither the store nor the stories.

    Click has no other way to put off loading than to inherit from its group.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, as --help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        # Set before a command loads numpy: the threads of its BLAS, one a core, spin for a tenth of a second of CPU as
        # they start, and nothing here is large enough to be shared out.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        module, function = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"onrecord.cli.{module}"), function)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="onrecord")
def main() -> None:
    """Read news reports and keep the record of what they say.

    \b
    Examples:
      onrecord demo
      onrecord read report.txt
      onrecord read *.html --jsonl > records.jsonl
      curl -s https://example.org/story | onrecord read - --date 2024-02-21
      onrecord add reports/ && onrecord find ceasefire
    """
    # Rules, words and the record are made once and kept, and hold no cycles: looking for some took a tenth of the time,
    # and, at 50,000 new objects, still 3 % of that of a first report.
    gc.set_threshold(200_000, 20, 100)
    # At its end Python looks for cycles again, in all that is left: 180,000 objects and 0.15 s after one report.
    atexit.register(gc.freeze)
