import socket

from django.core.management.base import BaseCommand

from asskomm.post.arbeiter import Arbeiter, eigener_name


class Command(BaseCommand):
    help = "Sendet die E-Mails aus dem Postausgang und erledigt die Tagesaufgaben."

    def add_arguments(self, parser):
        parser.add_argument(
            "--einmal", action="store_true", help="erledigt, was fällig ist, und endet"
        )

        parser.add_argument(
            "--solange", type=int, metavar="PID", help="endet mit diesem Elternprozess"
        )

    def handle(self, *, einmal, solange, **_):
        if einmal:
            Arbeiter(f"{socket.gethostname()}:einmal").einmal()
        else:
            Arbeiter(eigener_name()).laufe(elternprozess=solange)
