"""Add made reports to a store, telling each one that is in; run by test_killed.py as a process to be killed."""

import resource
import sys

from conftest import make_record
from onrecord.errors import StoreError
from onrecord.store import Store


def main() -> None:
    """`adding.py STORE COUNT [BYTES]`: a file may grow to BYTES, as on a disk that is full."""
    path, count = sys.argv[1], int(sys.argv[2])
    if len(sys.argv) > 3:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    with Store(path, made_by="1") as store:
        for number in range(count):
            uri = f"{number}.txt"
            record, data = make_record(f"Report {number} on the truce. " * 30, uri=uri)
            if store.holds(record.report):
                continue
            try:
                store.add(record, data)
            except StoreError as error:
                sys.stdout.write(f"told {error}\n")
                return
            sys.stdout.write(f"{uri}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
