"""The command ``antinomy``: one file per command, one place where errors are shown."""

import sys
from importlib import import_module

import click

from antinomy import __version__
from antinomy.errors import Problem, UserError

# name -> (module, line for --help), in the order of the work; modules load when their command runs
COMMANDS = {
    "label": ("antinomy.cli.label", "Code the sentences of transcripts and documents into a run folder."),
    "report": ("antinomy.cli.report", "Write report.html and codings.xlsx of a run folder again."),
    "codebook": ("antinomy.cli.codebook", "Show, check or export a coding scheme."),
    "train": ("antinomy.cli.train", "Train a classifier on gold data (needs the extra 'train')."),
    "evaluate": ("antinomy.cli.evaluate", "Measure a classifier on gold data: metrics.json and a page."),
    "agree": ("antinomy.cli.agree", "Measure how far coders agree, with each other and with the model."),
    "drift": ("antinomy.cli.drift", "Watch dated documents for an organisation that tilts."),
    "prevalence": ("antinomy.cli.prevalence", "Estimate how often codes occur, corrected by a hand-coded sample."),
}
FAILED = 2


class LazyGroup(click.Group):
    """A group that imports a command's module only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="antinomy")
def app() -> None:
    """Find paradoxes, imbalances and rebalancing in interviews and reports.

    Everything runs on this machine, offline. Exit code 0: all done; 1: some files failed; 2: nothing could be done.
    """


def main() -> None:
    """Run the command line; show what people can mend without a traceback."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except click.Abort:
        click.echo("stopped; start the same command again to go on", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(FAILED)
    except UserError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(FAILED)
    except OSError as error:
        # what a command did not foresee: a full disk, a folder that is not there
        what = Problem(
            error.strerror or str(error), str(error.filename or "antinomy"), "Check the path and its permissions."
        )
        click.echo(f"error: {what}", err=True)
        sys.exit(FAILED)
