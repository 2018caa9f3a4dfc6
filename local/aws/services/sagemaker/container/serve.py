"""What an inference container runs: one model behind GET /ping and POST /invocations."""

import importlib
import json
import os
import signal
import sys
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import parent
from encoders import UnsupportedFormat
from model import Model

BASE = os.environ["SAGEMAKER_BASE_DIR"]
DEFAULT_ACCEPT = os.environ.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "application/json")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    model = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one piece
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path != "/ping":
            return self.reply(404)
        self.reply(200 if self.server.model else 503)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/invocations":
            return self.reply(404)
        content_type = self.headers.get("Content-Type", "application/json")
        accept = self.headers.get("Accept", "*/*")
        try:
            answer, answer_type = self.server.model.transform(
                body, content_type, DEFAULT_ACCEPT if accept == "*/*" else accept
            )
        except UnsupportedFormat as error:
            self.reply_error(error.status, error)
        except Exception as error:  # the user's code may raise anything
            traceback.print_exc()
            self.reply_error(500, error)
        else:
            self.reply(200, answer, answer_type)

    def reply_error(self, status, error):
        text = {
            "error": type(error).__name__,
            "error-message": str(error),
            "stack-trace": traceback.format_exc(),
        }
        self.reply(status, json.dumps(text), "application/json")

    def reply(self, status, body=b"", content_type="text/plain"):
        if isinstance(body, str):
            body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        pass  # a line a request would drown the model's own


def user_module():
    folder = os.environ.get("SAGEMAKER_SUBMIT_DIRECTORY", "/opt/ml/code")
    if folder.startswith("/opt/ml/"):
        folder = os.path.join(BASE, folder[len("/opt/ml/") :])
    sys.path.insert(0, folder)
    program = os.environ["SAGEMAKER_PROGRAM"]
    return importlib.import_module(program[:-3] if program.endswith(".py") else program)


def main():
    parent.follow()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    server = Server(("127.0.0.1", int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080"))), Handler)
    with os.fdopen(3, "w") as report:
        print(server.server_port, file=report)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.model = Model(user_module(), os.path.join(BASE, "model"))
    stop.wait()
    server.server_close()


if __name__ == "__main__":
    main()
