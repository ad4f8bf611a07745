"""The command line: `python -m local_aws`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from local_aws import environment, served
from local_aws.ec2.image_file import open_image_file
from local_aws.ssm.parameter_file import open_parameter_file
from local_aws.watched_file import FileError

DATA = Path(__file__).resolve().parent.parent / "data"


def main() -> int:
    arguments = parse_arguments()
    try:
        served.images = open_image_file(arguments.images)
        served.parameters = open_parameter_file(arguments.parameters)
    except FileError as error:
        print(f"local_aws: {error}", file=sys.stderr)
        return 2
    environment.prepare()
    from local_aws import server  # moto reads the environment while it is imported

    try:
        return server.run(arguments.port, until_standard_input_ends=not arguments.stay)
    except OSError as error:
        print(f"local_aws: Port {arguments.port} cannot be listened on: {error.strerror}.", file=sys.stderr)
        return 2


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m local_aws",
        description=(
            "Start a local stand-in for AWS on 127.0.0.1. Once it accepts connections it prints one line of "
            'JSON, {"url": ..., "pid": ...}. It stops when its standard input ends, or on SIGTERM or SIGINT.'
        ),
    )
    parser.add_argument(
        "--port",
        type=port_number,
        default=0,
        metavar="N",
        help="the port to listen on (default: any free one)",
    )
    parser.add_argument(
        "--images",
        type=Path,
        default=DATA / "images",
        metavar="PATH",
        help="the images to serve: a file, or a folder of files, read again whenever one changes "
        "(default: data/images)",
    )
    parser.add_argument(
        "--parameters",
        type=Path,
        default=DATA / "parameters.json",
        metavar="FILE",
        help="the public SSM parameters to serve, read again whenever the file changes "
        "(default: data/parameters.json)",
    )
    parser.add_argument("--stay", action="store_true", help="keep running when standard input ends")
    return parser.parse_args()


def port_number(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port number from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
