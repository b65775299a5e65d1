"""Write docs/openapi.json: what the pages give as data, as /openapi.json serves it.

python tools/describe_pages.py
"""

from pathlib import Path

import msgspec

from onrecord.web.openapi import document

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


def main() -> None:
    """Run it."""
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(document()), indent=1) + b"\n")
    print(f"wrote {FILE}")


if __name__ == "__main__":
    main()
