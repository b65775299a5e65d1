"""What a language is, as data: one folder a language, one noun a file."""

from onrecord.lang.rules import Found, Rule, RuleFile, find_all, has_language, load_rules, read_words

__all__ = ["Found", "Rule", "RuleFile", "find_all", "has_language", "load_rules", "read_words"]
