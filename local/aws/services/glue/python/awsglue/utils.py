import argparse


class GlueArgumentError(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise GlueArgumentError(message)


def getResolvedOptions(args, options):
    """The options of a job's arguments, each of which must be given; what else is given is left alone."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    for option in dict.fromkeys([*options, "JOB_NAME"] if "--JOB_NAME" in args else options):
        parser.add_argument(f"--{option}", dest=option, required=True)
    known, _ = parser.parse_known_args(args[1:])
    return vars(known)
