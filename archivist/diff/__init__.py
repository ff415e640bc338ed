"""Two readings to a Diff and a verdict. Pure."""
