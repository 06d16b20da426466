"""The command line: join the channels and the capabilities, read the settings, run one command."""

import argparse
import os
import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from channels.registry import find_channels
from onestop.audit.command import run_audit
from onestop.capabilities import catalogue, feeds, files, language_choice, monitoring, preview, speech
from onestop.capabilities.doctor import diagnose
from onestop.capabilities.import_command import add_import_options, run_import
from onestop.capabilities.messages import capability as messages
from onestop.capabilities.messages.command import run_messages
from onestop.capabilities.outbox_command import add_outbox_options, run_outbox
from onestop.capabilities.places_command import add_places_options, run_places
from onestop.capabilities.searches_command import run_searches
from onestop.capability import Capability, Command, CommandFailed, brought_by, reserved_segments, reserved_steps
from onestop.delivery.kinds.destination import DestinationContext
from onestop.desk import capability as desk
from onestop.forms import hand_over, handler
from onestop.forms.device import leave, save_display_preference
from onestop.my_area import capability as my_area
from onestop.my_area import open_data, own_home
from onestop.near_me import capability as near_me
from onestop.near_me import map_route
from onestop.notices import capability as notices
from onestop.open311 import capability as open311
from onestop.performance import capability as performance
from onestop.performance import feedback
from onestop.screen import Means
from onestop.server.app import started
from onestop.server.join import join
from onestop.server.process.listener import CannotStart, bind, close
from onestop.server.process.log_format import configure_log
from onestop.server.process.serve import serve
from onestop.settings import Settings, WrongSetting, add_options, read_settings
from onestop.site.check import ContentRules, check, read_checked, show_paths
from onestop.site.pictures import slots_of
from onestop.staff.command import add_staff_options, run_staff
from onestop.staff.forms import capability as staff
from onestop.starter.borough import NAME, CannotBegin, write_borough
from onestop.store.backup import back_up, restore
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.tracking import capability as tracking

CAPABILITIES: tuple[Capability, ...] = (
    catalogue.CAPABILITY,
    handler.CAPABILITY,
    leave.CAPABILITY,
    hand_over.CAPABILITY,
    save_display_preference.CAPABILITY,
    language_choice.CAPABILITY,
    my_area.CAPABILITY,
    near_me.CAPABILITY,
    performance.CAPABILITY,
    feedback.CAPABILITY,
    map_route.CAPABILITY,
    notices.CAPABILITY,
    open_data.CAPABILITY,
    own_home.CAPABILITY,
    tracking.CAPABILITY,
    desk.CAPABILITY,
    open311.CAPABILITY,
    staff.CAPABILITY,
    messages.CAPABILITY,
    speech.CAPABILITY,
    preview.CAPABILITY,
    feeds.CAPABILITY,
    files.CAPABILITY,
    monitoring.CAPABILITY,
)
"""Besides these there are those that a channel brings."""


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser of the command line; without a command, it serves."""
    usage = " | ".join(f"{name} {command.argument}".strip() for name, command in commands.items())
    made = argparse.ArgumentParser(
        prog="server.py" if sys.argv[0].endswith("server.py") else "onestop",
        usage=f"%(prog)s [{usage}] [options]",
        description="One catalogue of council services on every screen.",
        epilog="Each setting comes from the command line, else its ONESTOP_ variable, else the TOML file, else its default.",
    )
    helps = "; ".join(f"{name}: {command.help}" for name, command in commands.items())
    made.add_argument("command", nargs="?", choices=tuple(commands), default="serve", help=helps)
    made.add_argument(
        "folder", nargs="?", metavar="DIR", type=Path, help="the folder, file or store that a command takes"
    )
    made.add_argument("more", nargs="*", type=Path, help="further files, where a command takes several")
    made.add_argument("--version", action="version", version=_version())
    for command in commands.values():
        command.add_options(made)
    add_options(made)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    commands = dict(COMMANDS)
    for capability in brought_by(find_channels()):
        commands |= capability.commands
    made = parser(commands)
    # Options may stand between files.
    options = made.parse_intermixed_args(arguments)
    command = commands[options.command]
    if options.more and not command.many:
        made.error(f"{options.command} takes one argument")
    if options.folder and options.command == "serve":
        made.error("serve takes its folder as --content DIR")
    if command.needs and not options.folder:
        made.error(f"{options.command} takes {command.needs}")
    try:
        return command.run(options, read_settings(vars(options), os.environ))
    except (WrongSetting, CannotStart, CommandFailed, CannotBegin, StoreUnusable, Unavailable) as why:
        print(f"onestop: {why}", file=sys.stderr)
        return 1


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    configure_log(settings.log_format)
    return serve(settings, lambda: join(settings, find_channels(), CAPABILITIES, time.time), started)


def _init(options: argparse.Namespace, settings: Settings) -> int:
    files = write_borough(options.folder, options.name)
    folder = shlex.quote(str(options.folder))
    print(f"{options.folder}: {len(files)} files; begin with council.yaml")
    print(f"  onestop check {folder}")
    print(f"  onestop serve --content {folder}")
    return 0


def _init_options(made: argparse.ArgumentParser) -> None:
    made.add_argument("--name", default=NAME, help="init: the name of the council, like Anytown")


def _import(options: argparse.Namespace, settings: Settings) -> int:
    return run_import([options.folder, *options.more], settings, _rules().reserved)


def _check(options: argparse.Namespace, settings: Settings) -> int:
    context = DestinationContext.of(settings)
    rules = replace(
        _rules(),
        missing=lambda routes: routes.missing(context),
        silent=lambda carriers: carriers.missing(context),
    )
    return check(options.folder or settings.content, time.perf_counter, rules)


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    return diagnose(settings, lambda folder: read_checked(folder, _rules()).errors, _port_trouble)


def _port_trouble(settings: Settings) -> str:
    try:
        close(bind(settings))
    except CannotStart as why:
        return str(why)
    return ""


def _rules() -> ContentRules:
    """Return what channels and capabilities ask of a catalogue."""
    channels = find_channels()
    declared = (*CAPABILITIES, *brought_by(channels))
    return ContentRules(_means(), slots_of(channels), reserved_segments(declared, channels), reserved_steps(declared))


def _paths(options: argparse.Namespace, settings: Settings) -> int:
    return show_paths(options.folder, _means())


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    size = back_up(settings.database, options.folder)
    print(f"{options.folder}: {size:,} bytes; keep the file of keys apart from it")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    restore(settings.database, options.folder)
    print(f"{settings.database} is restored; it opens with the file of keys it was written with")
    return 0


def _means() -> Mapping[str, Means]:
    """Return each channel's means of answering, by the name of the channel."""
    return {channel.name: channel.means for channel in find_channels()}


def _version() -> str:
    try:
        return version("onestop")
    except PackageNotFoundError:
        return "not installed"


COMMANDS: Mapping[str, Command] = {
    "serve": Command(_serve, "serve a catalogue"),
    "init": Command(
        _init, "write a small catalogue to begin with", "DIR", "the folder to write a catalogue to", _init_options
    ),
    "import": Command(
        _import,
        "write pages of another system into --content",
        "SOURCE...",
        "HTML files, a folder of them, a Drupal export or an Open Referral feed",
        add_import_options,
        many=True,
    ),
    "check": Command(_check, "report every fault of a catalogue", "DIR"),
    "paths": Command(_paths, "draw a journey's paths", "FILE", "the file of a journey: content/journeys/NAME.yaml"),
    "backup": Command(_backup, "copy the SQLite database", "FILE", "the file to copy the database to"),
    "outbox": Command(
        run_outbox,
        "list open deliveries, retry them, redeliver a case, or compare Open311 services",
        "ACTION",
        "list, retry, redeliver or services",
        add_outbox_options,
    ),
    "messages": Command(run_messages, "list or send again messages to residents", "ACTION", "list, retry or bounced"),
    "places": Command(
        run_places, "import, show or check addresses", "ACTION", "import, show or check", add_places_options, many=True
    ),
    "staff": Command(
        run_staff,
        "add, list, reset or remove officers",
        "ACTION",
        "add, list, reset or remove, and a sign-in name",
        add_staff_options,
        many=True,
    ),
    "audit": Command(run_audit, "verify the audit log, also by a COUNT and HEAD", "verify", "verify", many=True),
    "searches": Command(run_searches, "list what residents searched for and did not find"),
    "doctor": Command(
        _doctor, "check the content, the database with its keys, the outbox, the destinations and the port"
    ),
    "restore": Command(_restore, "make the database from a copy", "FILE", "the copy to make the database of"),
}

if __name__ == "__main__":
    sys.exit(main())
