"""Pictures for the website: checked by content, written anew without what the camera added."""

import io
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import FileExtensionValidator
from django.db import models
from PIL import Image, ImageOps, UnidentifiedImageError

HOECHSTENS_BYTES = 10 * 1024 * 1024
HOECHSTENS_PIXEL = 50_000_000
HOECHSTE_KANTE = 1600
ERLAUBTE_FORMATE = ("JPEG", "PNG", "WEBP")
ENDUNGEN = ("jpg", "jpeg", "png", "webp")


class BildFormularfeld(forms.ImageField):
    """Takes what the portal can show, and names no other ending: Pillow knows about 80."""

    default_validators = [FileExtensionValidator(ENDUNGEN)]

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ",".join(f".{e}" for e in ENDUNGEN)}


class Bildfeld(models.ImageField):
    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": BildFormularfeld, **kwargs})


def bild_pfad(meldung, dateiname):
    """A random own name: the name a person gave the file may tell more than it should."""
    return f"bilder/{uuid.uuid4()}.webp"


def pruefe_bild(datei):
    """Accept JPG, PNG and WebP judged by content, up to 10 MB and 50 million pixels."""
    if datei.size > HOECHSTENS_BYTES:
        raise ValidationError("Das Bild ist größer als 10 MB. Laden Sie ein kleineres hoch.")
    datei.seek(0)
    try:
        with Image.open(datei, formats=ERLAUBTE_FORMATE) as bild:
            if bild.width * bild.height > HOECHSTENS_PIXEL:
                raise ValidationError(
                    "Das Bild hat zu viele Bildpunkte. Verkleinern Sie es vorher."
                )
            bild.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as fehler:
        raise ValidationError(
            "Der Inhalt ist kein lesbares Bild. Wählen Sie eine JPG-, PNG- oder WebP-Datei."
        ) from fehler
    finally:
        datei.seek(0)


def neu_geschrieben(datei) -> ContentFile:
    """The picture as WebP, turned upright, at most 1600 pixels long, without metadata."""
    datei.seek(0)
    with Image.open(datei, formats=ERLAUBTE_FORMATE) as bild:
        aufrecht = ImageOps.exif_transpose(bild)
        aufrecht.thumbnail((HOECHSTE_KANTE, HOECHSTE_KANTE))
        modus = "RGBA" if aufrecht.has_transparency_data else "RGB"
        ziel = io.BytesIO()
        aufrecht.convert(modus).save(ziel, "WEBP", quality=82, exif=b"")
    return ContentFile(ziel.getvalue(), name="bild.webp")
