"""One use case a file: what the command line and library users call."""
