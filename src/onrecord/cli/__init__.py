"""The command line: `onrecord read FILE…`, and what else there is."""

import click

from onrecord.cli.correcting import correct, corrections
from onrecord.cli.exporting import export
from onrecord.cli.keeping import add, find, refresh, who
from onrecord.cli.reading import completion, demo, print_schema, read
from onrecord.cli.serving import serve
from onrecord.cli.stories import story


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
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


for command in (
    read,
    demo,
    add,
    find,
    who,
    story,
    refresh,
    correct,
    corrections,
    export,
    serve,
    print_schema,
    completion,
):
    main.add_command(command)
