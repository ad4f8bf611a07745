"""A JSON file that is read again whenever it changes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Callable


class FileError(Exception):
    """What is wrong with a file, in one sentence."""


class WatchedFile:
    """The checked content of a JSON file, and a revision that grows each time the content is read anew."""

    def __init__(self, path: Path, check: Callable[[Any], Any]):
        self._path = path
        self._check = check
        self._stamp = self._current_stamp()
        self.content = self._read()
        self.revision = 1

    def refresh(self) -> None:
        """Read the file again if it has changed; a broken one is reported, and the last good content
        stays."""
        try:
            stamp = self._current_stamp()
            if stamp == self._stamp:
                return
            self._stamp = stamp
            self.content = self._read()
        except FileError as error:
            print(f"local_aws: {error} What it held before is still served.", file=sys.stderr)
        else:
            self.revision += 1

    def _current_stamp(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError as error:
            raise FileError(f"The file {self._path} cannot be read: {error.strerror}.") from error
        return status.st_mtime_ns, status.st_size

    def _read(self) -> Any:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
        except OSError as error:
            raise FileError(f"The file {self._path} cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise FileError(f"The file {self._path} is not valid JSON: {error}.") from error
        try:
            return self._check(data)
        except FileError as error:
            raise FileError(f"The file {self._path} cannot be used: {error}") from error
