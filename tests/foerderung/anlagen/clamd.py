"""A clamd to test against: speaks INSTREAM over TCP or a socket file and answers as it is told."""

import socketserver
import struct
import threading
import time
from contextlib import contextmanager

SAUBER = b"stream: OK\0"
BEFALLEN = b"stream: Eicar-Test-Signature FOUND\0"
ZU_GROSS = b"INSTREAM size limit exceeded. ERROR\0"


class _Gespraech(socketserver.StreamRequestHandler):
    def handle(self):
        dienst = self.server.dienst
        if self.rfile.read(10) != b"zINSTREAM\0":
            return
        empfangen = b""
        while laenge := struct.unpack("!L", self.rfile.read(4))[0]:
            empfangen += self.rfile.read(laenge)
            if dienst.hoechstens is not None and len(empfangen) > dienst.hoechstens:
                self.wfile.write(ZU_GROSS)
                return
        dienst.empfangen.append(empfangen)
        time.sleep(dienst.bedenkzeit)
        antwort = dienst.antwort(empfangen) if callable(dienst.antwort) else dienst.antwort
        self.wfile.write(antwort)


class Dienst:
    def __init__(self):
        self.antwort, self.bedenkzeit, self.hoechstens = SAUBER, 0, None
        self.empfangen = []


@contextmanager
def clamd(adresse=("127.0.0.1", 0)):
    """The running service; `adresse` of it is what goes into CLAMD."""
    art = (
        socketserver.ThreadingUnixStreamServer
        if isinstance(adresse, str)
        else socketserver.ThreadingTCPServer
    )
    with art(adresse, _Gespraech) as server:
        server.daemon_threads = True
        server.dienst = dienst = Dienst()
        ziel = server.server_address
        dienst.adresse = f"unix:{ziel}" if isinstance(adresse, str) else f"{ziel[0]}:{ziel[1]}"
        faden = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        faden.start()
        try:
            yield dienst
        finally:
            server.shutdown()
            faden.join()
