"""Across reports: pure functions over records."""
