"""What runs a container's own entry point: the command that is given, no longer than the platform that started it."""

import signal
import subprocess
import sys

import parent


def main():
    parent.follow()
    signal.signal(signal.SIGTERM, lambda *_: None)  # sent to the whole group: the command decides what to do
    try:
        child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    except OSError as error:
        print(error, file=sys.stderr)
        sys.exit(127)
    code = child.wait()
    sys.exit(128 - code if code < 0 else code)


if __name__ == "__main__":
    main()
