"""Appoint the first administrator of a new portal; he gives everybody else their roles in the admin."""

import getpass
import os

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from members.people.actions import appoint_administrator
from members.people.models import User


class Command(BaseCommand):
    help = "Makes an account and gives it the role of system administrator; asks for the password."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        if User.objects.filter(username=username).exists():
            raise CommandError(f"There is an account {username} already.")
        # A script that sets up a machine cannot type.
        password = os.environ.get("ADMINISTRATOR_PASSWORD") or getpass.getpass("Password: ")
        try:
            validate_password(password, User(username=username))
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        appoint_administrator(username, password)
        self.stdout.write(f"{username} is the system administrator.")
