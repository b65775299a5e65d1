"""How times are worked out: the calendar, and what words name in it."""
