"""``python -m archivist``."""

from archivist.cli.main import main

main()
