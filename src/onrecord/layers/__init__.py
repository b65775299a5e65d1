"""One layer a file: what is read from a report."""
