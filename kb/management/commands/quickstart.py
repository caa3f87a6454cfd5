"""From nothing to a running site, and again without changing anything."""

import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from rich.console import Console

from kb.search import claim_index, index
from kb.services import demonstration


class Command(BaseCommand):
    help = (
        "Make the database, load the register and demonstration data, create the demonstration users, collect static "
        "files and serve the site. Run again, it changes nothing and serves."
    )

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="stop when everything is ready")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--reset", action="store_true", help="rebuild a demonstration database; everything in it is lost"
        )

    def handle(self, *, no_serve, host, port, reset, **options):
        if not no_serve:
            self._refuse_taken_port(host, port)
        console = Console(stderr=True)
        with console.status("Preparing") as status:

            def step(words: str):
                status.update(words)
                if console.is_terminal:
                    console.print(f"· {words}")

            try:
                if reset:
                    step("Removing the demonstration database")
                    self._reset()
                step("Making the tables and loading the register")
                call_command("migrate", verbosity=0)
                passwords = {}
                if demonstration.is_empty():
                    step("Loading the demonstration data")
                    passwords = demonstration.load(settings.KB_DEMO_PASSWORD)
            except OperationalError as error:
                raise CommandError(f"The database cannot be used: {error}Check DATABASE_URL.") from error
            step("Collecting static files")
            call_command("collectstatic", verbosity=0, interactive=False)
        self._say(host, port, passwords, serving=not no_serve)
        if not no_serve:
            self._serve(host, port)

    def _refuse_taken_port(self, host: str, port: int):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError) as error:
                raise CommandError(f"Cannot listen on {host}:{port} ({error}). Choose another with --port.") from error

    def _reset(self):
        if settings.PRODUCTION:
            raise CommandError("--reset is refused in production.")
        tables = connection.introspection.table_names()
        if not tables:
            return
        if "kb_importproblem" not in tables or not demonstration.is_demonstration():
            raise CommandError("--reset is refused: quickstart did not make this database.")
        claim_index.drop()
        index.drop()
        tables = connection.introspection.table_names()
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            for table in tables:
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")

    def _say(self, host: str, port: int, passwords: dict[str, str], *, serving: bool):
        if passwords:
            self.stdout.write("Demonstration users (shown this once):")
            for name, password in passwords.items():
                self.stdout.write(f"{name}: {password}")
        if serving:
            self.stdout.write(f"Readers:  http://{host}:{port}/")
            self.stdout.write(f"The desk: http://{host}:{port}/admin/")
            self.stdout.write("Ctrl-C stops the site.")
        else:
            self.stdout.write("Ready.")
        self.stdout.flush()

    def _serve(self, host: str, port: int):
        """Become the server, so that Ctrl-C and signals reach it directly."""
        os.chdir(settings.BASE_DIR)
        connection.close()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        command += ["--blocking-threads", "4", "--backpressure", "64", "--workers-kill-timeout", "3"]
        command += ["--log-level", "warning", "config.wsgi:application"]
        os.execv(sys.executable, command)
