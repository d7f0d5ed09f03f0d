"""The program, and all that depends on the inside of typer: its classes, errors and parameters.

Tried with typer 0.29. `planner.cli.options` knows typer too, by its public names alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import chain
from pathlib import Path
from pkgutil import resolve_name
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from planner import __version__
from planner.cli.commands import COMMANDS
from planner.cli.completion import SHELLS, completion_script
from planner.cli.help_pages import build_page
from planner.cli.interruption import stop_code, work_at_stake
from planner.cli.language import notify, set_language, translate, words
from planner.cli.option_values import COMING, choice_parser
from planner.cli.output import naming_next_command, print_lines
from planner.errors import input_error
from planner.i18n.language import LANGUAGES
from planner.i18n.messages import Message, say

ABOUT = """Plan where vans stand, when, and for how long: planner demo.

The commands of a week, in this order: init, check, plan, map, print, publish. For help on a
command: planner plan --help.
"""

PROGRAM = "planner"
"""As messages and pages name it, however it was started."""

AHEAD = {"check", "plan", "whatif"}
"""Commands for weekends that have not begun; others are about one that is under way, too."""

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for whatever was typed wrong; it exports no name for it."""


Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        parser=choice_parser(LANGUAGES),
        metavar="|".join(LANGUAGES),
        help=say("Language of messages (default: that of the folder, then of this computer)."),
    ),
]


class _Command(TyperCommand):
    """A command whose help, and what was typed wrong, is told in the person's language."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _usage_errors_as_problems(ctx):
            more = super().parse_args(ctx, args)
        if more and not ctx.resilient_parsing:
            # Often pieces of a name with spaces.
            what = say("unexpected argument '{words}'", words=" ".join(more))
            raise input_error(
                ctx.command_path, what, say("put names that contain spaces in quotes")
            )
        return more

    def get_help(self, ctx: Any) -> str:
        return _page(self, ctx)


class _Group(TyperGroup):
    """The commands, each loaded when it is asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _usage_errors_as_problems(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with _usage_errors_as_problems(ctx):
            return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        return _page(self, ctx, {name: does for name, (_, does) in COMMANDS.items()})

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; a name that no command has is wrong usage."""
        if cmd_name in COMMANDS:
            return load_command(cmd_name)
        if cmd_name.startswith("-"):
            return None
        path, alike = ctx.command_path, get_close_matches(cmd_name, COMMANDS, n=1)
        what = say("unknown command '{name}'", name=cmd_name)
        raise input_error(path, what, _remedy(path, alike))


app = typer.Typer(
    name=PROGRAM,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    cls=_Group,
    help=ABOUT,
)


def _print_version(asked: bool) -> None:
    if asked:
        print_lines([__version__])
        raise typer.Exit


def _print_completion(shell: str | None) -> None:
    if shell:
        print_lines(completion_script(shell).splitlines())
        raise typer.Exit


@app.callback()
def _before_commands(
    context: typer.Context,
    lang: Lang = None,
    completion: Annotated[
        str | None,
        typer.Option(
            "--completion",
            callback=_print_completion,
            is_eager=True,
            parser=choice_parser(SHELLS),
            metavar="|".join(SHELLS),
            help=say("Print the script that makes a shell complete commands, weeks and places."),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help=say("Show the version.")
        ),
    ] = False,
) -> None:
    context.obj = lang
    if lang:
        set_language(lang)


def load_command(name: str) -> Any:
    """A command of `COMMANDS` with its options, and all that it needs."""
    command = resolve_name(COMMANDS[name][0])

    @wraps(command)
    def run(context: typer.Context, lang: str | None = None, **options: Any) -> None:
        set_language(lang or context.obj, options.get("folder"), options.get("after"))
        with work_at_stake(), naming_next_command():
            if options.get("week") and "folder" in options:
                options["week"] = _find_week(options["folder"], options["week"], name)
            code = command(**options) or 0
        raise typer.Exit(stop_code() or code)

    own = [
        Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context),
        Parameter("lang", Parameter.KEYWORD_ONLY, default=None, annotation=Lang),
    ]
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    parameters = chain(signature(command).parameters.values(), own)
    alone.command(name, cls=_Command)(_with_parameters(run, parameters))
    return get_command(alone)


def _find_week(folder: Path, week: str, command: str) -> str:
    """The week that is meant; a word where it is over."""
    weeks = resolve_name("planner.office.coming_week")
    if week == COMING:
        return str(weeks.coming_week(folder, is_ahead=command in AHEAD))
    if last_day := weeks.last_day_if_over(folder, week):
        notify(say("{week} is over: its last day was {day}", week=week, day=last_day))
    return week


def add_options(
    name: str, options: Mapping[str, Any], make: Callable[..., Any]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator of commands: a parameter that is made of several options.

    Parameters
    ----------
    name
        Of the parameter; the options stand where it stands.
    options
        Annotation of each; its default is that of ``make``, else None.
    make
        What is called with all of them, by name.
    """
    defaults = signature(make).parameters
    own = [
        Parameter(
            option,
            Parameter.KEYWORD_ONLY,
            default=defaults[option].default if option in defaults else None,
            annotation=annotation,
        )
        for option, annotation in options.items()
    ]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(**values: Any) -> Any:
            made = make(**{option: values.pop(option) for option in options})
            return command(**values, **{name: made})

        given = signature(command).parameters.values()
        return _with_parameters(run, chain(*(own if p.name == name else [p] for p in given)))

    return decorate


def _with_parameters(
    function: Callable[..., Any], parameters: Iterable[Parameter]
) -> Callable[..., Any]:
    """The function with these parameters: typer reads its signature and its annotations."""
    by_name = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in parameters]
    function.__signature__ = Signature(by_name)  # type: ignore[attr-defined]
    function.__annotations__ = {each.name: each.annotation for each in by_name}
    return function


def _page(command: Any, context: Any, commands: Mapping[str, str] | None = None) -> str:
    """The page of a command, or of the program with its commands."""
    parameters = command.get_params(context)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    follows = [_metavar(each) if each.required else f"[{_metavar(each)}]" for each in arguments]
    if commands:
        follows = [translate(say("COMMAND"))]
    return build_page(
        " ".join([context.command_path, f"[{translate(say('OPTIONS'))}]", *follows]),
        command.help,
        {
            say("Arguments"): [_row(each) for each in arguments],
            say("Options"): [_row(each) for each in parameters if each not in arguments],
            say("Commands"): [(name, translate(does)) for name, does in (commands or {}).items()],
        },
    )


def _row(parameter: Any) -> tuple[str, str]:
    """What is typed for a parameter, and what it means."""
    if parameter.name == "help":
        return "--help", translate(say("Show this help."))
    names = [", ".join(parameter.opts)] if parameter.param_type_name == "option" else []
    if not getattr(parameter, "is_flag", False):
        names.append(_metavar(parameter))
    sentences, default = [words()(parameter.help)], parameter.default
    if parameter.required:
        sentences.append(translate(say("Required.")))
    elif default and parameter.show_default and not (parameter.is_eager or callable(default)):
        sentences.append(translate(say("Default: {default}.", default=default)))
    return " ".join(names), " ".join(sentences)


def _metavar(parameter: Any) -> str:
    return translate(parameter.metavar) if parameter.metavar else str(parameter.name).upper()


@contextmanager
def _usage_errors_as_problems(context: Any) -> Iterator[None]:
    """Turns what typer says of a command into our words.

    Kinds of errors are known by their names: their classes move between versions of typer.

    Raises
    ------
    InputError
        Where the command was typed wrong.
    """
    try:
        yield
    except UsageError as raised:
        error: Any = raised
        kind, parameter = type(error).__name__, getattr(error, "param", None)
        # Without any word there is help in place of a problem.
        if kind == "NoArgsIsHelpError":
            raise
        what = say("{problem}", problem=error.format_message())
        if kind == "NoSuchOption":
            what = say("unknown option {option}", option=error.option_name)
        elif kind == "MissingParameter" and parameter:
            what = say("{name} is missing", name=_name(parameter))
        elif kind == "BadOptionUsage" and _is_flag(context, error.option_name):
            what = say("{option} takes no value", option=error.option_name)
        elif kind == "BadOptionUsage":
            what = say("{option} needs a value", option=error.option_name)
        elif kind == "BadParameter" and parameter and "null byte" in error.message:
            what = say("{name}: no file has NUL in its name", name=_name(parameter))
        elif kind == "BadParameter" and parameter:
            what = say("{name}: {problem}", name=_name(parameter), problem=error.message)
        elif kind == "UsageError" and hasattr(context.command, "commands"):
            what = say("no command given")
        path, alike = context.command_path, getattr(error, "possibilities", None)
        raise input_error(path, what, _remedy(path, alike)) from None


def _remedy(path: str, alike: Collection[str] | None) -> Message:
    """A name that may have been meant, else where the names there are can be read."""
    if alike:
        return say("did you mean '{name}'?", name=next(iter(alike)))
    return say("see {command}", command=f"{path} --help")


def _name(parameter: Any) -> str:
    """As a person types it."""
    is_option = parameter.param_type_name == "option"
    return str(parameter.opts[-1]) if is_option else _metavar(parameter)


def _is_flag(context: Any, option: str) -> bool:
    """Whether an option of the command takes no value."""
    parameters = context.command.get_params(context)
    return any(option in each.opts and each.is_flag for each in parameters)
