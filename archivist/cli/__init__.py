"""The command line: parse, call the verb, show the result."""
