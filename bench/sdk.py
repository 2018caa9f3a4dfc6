"""The official SDK, logged in to the local Hopsworks."""

import json
import logging
import sys
import tempfile

import hopsworks

keys = tempfile.TemporaryDirectory()  # where the SDK keeps them is shared by all programs, otherwise


def opened():
    """What the first line of stdin tells, where results go, and the project."""
    logging.disable(logging.WARNING)
    given = json.loads(sys.stdin.readline())
    out, sys.stdout = sys.stdout, sys.stderr  # the SDK prints a lot
    project = hopsworks.login(
        host="127.0.0.1",
        port=int(given["url"].rsplit(":", 1)[1]),
        project=given["project"],
        api_key_value=given["apiKey"],
        engine="python",
        hostname_verification=True,
        trust_store_path=given["ca"],
        cert_folder=keys.name,
    )
    return given, out, project
