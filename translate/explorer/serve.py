"""The page over HTTP, for a browser that cannot open the file: a remote notebook, a container."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from translate.errors import TranslateError
from translate.files import reason


def serve_page(page: bytes, port: int, tell: Callable[[str], None]) -> None:
    """Serve `page` on 127.0.0.1 until interrupted, telling the address; nothing else can be asked for.

    Raises `TranslateError` where the port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = self.path.split("?")[0] in ("/", "/explorer.html")
            body = page if is_page else b"Not here."
            self.send_response(200 if is_page else 404)
            self.send_header("Content-Type", f"text/{'html' if is_page else 'plain'}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass  # stdout and stderr are for people

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as error:
        raise TranslateError(
            f"Port {port} cannot be used ({reason(error)}); give another --port, or 0 for a free one."
        ) from error
    with server:
        tell(f"http://127.0.0.1:{server.server_port}/")
        server.serve_forever()
