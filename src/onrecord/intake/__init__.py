"""Bytes in, reports out."""

from onrecord.intake.opening import open_reports, reports_in, text_report

__all__ = ["open_reports", "reports_in", "text_report"]
