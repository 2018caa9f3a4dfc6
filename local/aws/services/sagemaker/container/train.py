"""What a training container runs: SageMaker's file contract in, the user's script as a process, an exit code out."""

import json
import os
import signal
import subprocess
import sys

import parent
from environment import arguments, read_config, variables

BASE = os.environ["SAGEMAKER_BASE_DIR"]
CODE = os.path.join(BASE, "code")
FAILURE = os.path.join(BASE, "output", "failure")


def fail(kind, exit_code, message, command):
    """The user's own words in the failure file win."""
    if not os.path.exists(FAILURE):
        with open(FAILURE, "w") as file:
            file.write(f'{kind}:\nExitCode {exit_code}\nErrorMessage "{message}"\nCommand "{" ".join(command)}"')
    sys.exit(1)


def run(command, environment):
    child = subprocess.Popen(command, cwd=CODE, env=environment, stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: None)  # sent to the whole group: the script decides what to do
    code = child.wait()
    return 128 - code if code < 0 else code


def install_requirements(environment):
    """Into the job's own folder, and only if the image lacks something."""
    if not os.path.exists(os.path.join(CODE, "requirements.txt")):
        return
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--root-user-action=ignore"]
    present = pip + ["--dry-run", "--no-index", "--quiet", "-r", "requirements.txt"]
    asking = {**environment, "PIP_BREAK_SYSTEM_PACKAGES": "1"}  # nothing is: it would keep Debian's pip from answering
    if subprocess.run(present, cwd=CODE, env=asking, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0:
        return
    folder = os.path.join(BASE, "packages")
    command = pip + ["--target", folder, "-r", "requirements.txt"]
    code = run(command, environment)
    if code != 0:
        fail("InstallRequirementsError", code, "", command)
    environment["PYTHONPATH"] = os.pathsep.join([CODE, folder, environment["PYTHONPATH"]])


def command_of(program, words):
    """A Python script, a module of a package (found where it lies), or anything that a shell can start."""
    package = os.path.exists(os.path.join(CODE, "setup.py"))
    if program.endswith(".sh") or not (package or program.endswith(".py")):
        os.chmod(os.path.join(CODE, program), 0o755)
        return ["/bin/sh", "-c", '"$0" "$@"', f"./{program}"] + words
    if not package:
        return [sys.executable, program] + words
    return [sys.executable, "-m", os.path.splitext(program)[0]] + words


def main():
    parent.follow()
    config = read_config(BASE)
    program = config["framework"].get("sagemaker_program")
    if not program:
        fail("ClientError", 1, "hyperparameter sagemaker_program is missing", sys.argv)
    if not os.path.isfile(os.path.join(CODE, program)):
        fail("ClientError", 1, f"{program} is not in the source archive", sys.argv)
    environment = {**os.environ, **variables(BASE, config)}
    environment["PYTHONPATH"] = os.pathsep.join([CODE, os.environ["PYTHONPATH"]])
    install_requirements(environment)
    command = command_of(program, arguments(config["hyperparameters"]))
    print("Invoking script with the following command:", json.dumps(command), flush=True)
    code = run(command, environment)
    if code != 0:
        fail("ExecuteUserScriptError", code, "", command)
    open(os.path.join(BASE, "output", "success"), "w").close()


if __name__ == "__main__":
    main()
