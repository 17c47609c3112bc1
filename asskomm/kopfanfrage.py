"""The answer to a HEAD request has headers and no body."""


class OhneRumpf:
    """WSGI layer: drops what Django's views write for HEAD as for GET.

    Django leaves this to the server, and gunicorn logs a warning for every such answer.
    """

    def __init__(self, anwendung):
        self.anwendung = anwendung

    def __call__(self, environ, start_response):
        antwort = self.anwendung(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return antwort
        if hasattr(antwort, "close"):
            antwort.close()
        return []
