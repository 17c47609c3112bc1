"""Where the text pages lie that come with the portal, one Markdown file with a head for each."""

from pathlib import Path

TEXTE = Path(__file__).parent / "texte"
