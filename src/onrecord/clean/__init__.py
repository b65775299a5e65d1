"""Text that knows where it came from."""

from onrecord.clean.dates import read_iso
from onrecord.clean.encoding import decode_source
from onrecord.clean.report import Block, build_report
from onrecord.clean.sourced import Sourced, decode, insert, join, stand_in

__all__ = ["Block", "Sourced", "build_report", "decode", "decode_source", "insert", "join", "read_iso", "stand_in"]
