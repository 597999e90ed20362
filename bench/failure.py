"""Why nothing could be measured."""

import shutil


class Failure(Exception):
    """Measuring is over; the message says what to do, `exit_code` is the program's."""

    def __init__(self, message, exit_code=4):
        super().__init__(message)
        self.exit_code = exit_code


def need(command, package):
    """The path of a command, or a `Failure` that names its Debian package."""
    path = shutil.which(command, path="/usr/sbin:/sbin") or shutil.which(command)
    if path is None:
        raise Failure(f"{command} is missing (Debian: apt-get install {package}).", exit_code=3)
    return path
