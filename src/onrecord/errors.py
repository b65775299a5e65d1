"""The errors that onrecord raises, as one tree.

    OnrecordError
    ├── InputError   a report, file or option that cannot be read: the message names it, the place and the remedy
    ├── RuleError    a rule or word file that is wrong: the message names the file and the rule
    ├── ModelError   a model that is missing, damaged or of another version
    └── StoreError   a store that is missing, damaged, foreign or locked

Text that is merely odd never raises: a layer returns less.
"""


class OnrecordError(Exception):
    """Any error that onrecord raises on purpose."""


class InputError(OnrecordError):
    """Input that cannot be read.

    >>> str(InputError("a.txt", "is empty", "give a file with text in it"))
    'a.txt: is empty; give a file with text in it'
    """

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy


class RuleError(OnrecordError):
    """A rule or word file that is wrong: `RuleError("lang/en/figures.toml", "rule 'at least'", "...")`."""

    def __init__(self, file: str, place: str, problem: str) -> None:
        super().__init__(f"{file}, {place}: {problem}")
        self.file = file
        self.place = place


class ModelError(OnrecordError):
    """A model that is missing, damaged or of another version."""


class StoreError(OnrecordError):
    """A store that is missing, damaged, foreign or locked."""
