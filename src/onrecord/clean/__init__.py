"""Text that knows where it came from."""

from onrecord.clean.sourced import Sourced, decode, insert, join

__all__ = ["Sourced", "decode", "insert", "join"]
