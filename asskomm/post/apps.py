from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps

RAEUME = ("vorlagen", "tagesaufgaben", "taktaufgaben")


class PostConfig(AppConfig):
    name = "asskomm.post"
    verbose_name = "Postausgang"

    def ready(self):
        """Have every app declare its mails and jobs, also where no page imports them.

        They lie in the app itself or in one of its rooms, e.g. `kommunen/mitglieder/vorlagen.py`.
        """
        from . import checks, handlungen  # noqa: F401  registers what this app itself does

        for app in apps.get_app_configs():
            for raum in RAEUME:
                for datei in sorted(Path(app.path).glob(f"{raum}.py")):
                    import_module(f"{app.name}.{datei.stem}")
                for datei in sorted(Path(app.path).glob(f"*/{raum}.py")):
                    import_module(f"{app.name}.{datei.parent.name}.{datei.stem}")
