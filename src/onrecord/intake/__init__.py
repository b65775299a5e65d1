"""Bytes in, reports out."""

from onrecord.intake.opening import open_originals, open_reports, read_again, read_original, reports_in, text_report
from onrecord.intake.unpacking import Original

__all__ = ["Original", "open_originals", "open_reports", "read_again", "read_original", "reports_in", "text_report"]
