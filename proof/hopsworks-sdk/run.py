"""Runs the official Hopsworks SDK, as it is published, against the local AWS and the local Hopsworks.

    python3 proof/hopsworks-sdk/run.py [--sdk 5.2.1] [--venv DIR]

Installs the SDK into a virtual environment (a temporary one unless --venv names a place to keep it), starts both servers
on free ports and lets story.py tell its story. Exit code 0 when every step held.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import contextmanager
from pathlib import Path
from socket import socket

search_port = 9200  # of OpenSearch; the SDK knows no other
here = Path(__file__).resolve().parent
root = here.parent.parent
node = shutil.which("node", path=f"{root / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}")


def sdk_python(version: str, place: Path) -> Path:
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    print(f"hopsworks[python]=={version}, into {place}", flush=True)
    install = [python, "-m", "pip", "install", "--quiet", "--no-compile", f"hopsworks[python]=={version}"]
    subprocess.run(install, check=True)
    return python


@contextmanager
def server(name: str, state: Path, *args: str, env: dict[str, str] | None = None):
    """A server of local/, a process of its own; yields the line by which it says that it is ready."""
    log = state / f"{name}.log"
    command = [node, root / "local" / name / "main.ts", "--state", state / name, *args]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, **(env or {})}
        )
        try:
            line = process.stdout.readline()
            if not line:
                sys.exit(f"the local {name} did not start:\n{log.read_text()}")
            yield json.loads(line)
        finally:
            process.terminate()
            process.wait()


def wait_for(port: int) -> None:
    """Waits two minutes at most for whoever listens there, e.g. another local Hopsworks."""
    for _ in range(120):
        with socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(1)
    sys.exit(f"port {port} is in use")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sdk", default="5.2.1", help="version of hopsworks on PyPI")
    parser.add_argument("--venv", type=Path, help="virtual environment to make and keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hopsworks-sdk-") as folder:
        state = Path(folder)
        python = sdk_python(options.sdk, options.venv or state / "venv")
        with server("aws", state, "--port", "0") as aws:
            own = {
                "AWS_ENDPOINT_URL": aws["endpoint"],
                "AWS_ACCESS_KEY_ID": aws["accessKeyId"],
                "AWS_SECRET_ACCESS_KEY": aws["secretAccessKey"],
            }
            played = ".".join(options.sdk.split(".")[:2])
            choice = ["--version", played, "--port", "0", "--vectors-port", "0", "--kafka-port", "0"]
            choice += ["--search-port", str(search_port)]
            wait_for(search_port)
            with server("hopsworks", state, *choice, env=own) as hopsworks:
                given = json.dumps({"aws": aws, "hopsworks": hopsworks, "node": node})
                keys = {**os.environ, "HOPSWORKS_CERT_FOLDER": str(state / "keys")}  # shared by all runs, otherwise
                with (state / "story.log").open("w") as said:
                    told = subprocess.run([python, here / "story.py"], input=given, text=True, stderr=said, env=keys)
            log = (state / "hopsworks.log").read_text().splitlines()
        if told.returncode != 0:
            print((state / "story.log").read_text()[-4000:])
        for line in log:
            said = json.loads(line) if line.startswith("{") else {"event": "crash"}
            if said["event"] in ("gap", "crash") or said["level"] == "error":
                print("said by the local Hopsworks:", line)
    return told.returncode


if __name__ == "__main__":
    sys.exit(main())
