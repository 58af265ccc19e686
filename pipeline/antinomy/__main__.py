"""``python -m antinomy``: the command line."""

from antinomy.cli.app import main

main()
