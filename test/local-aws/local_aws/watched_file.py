"""JSON files that are read again whenever they change."""

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

    def _current_stamp(self) -> Any:
        return stamp_of(self._path)

    def _read(self) -> Any:
        data = parsed(self._path)
        try:
            return self._check(data)
        except FileError as error:
            raise FileError(f"The file {self._path} cannot be used: {error}") from error


class WatchedFolder(WatchedFile):
    """The same for the lists in the JSON files of a folder, in the order of the files' names."""

    def _files(self) -> list[Path]:
        files = sorted(self._path.glob("*.json"))
        if not files:
            raise FileError(f"The folder {self._path} has no JSON files.")
        return files

    def _current_stamp(self) -> Any:
        return {file: stamp_of(file) for file in self._files()}

    def _read(self) -> Any:
        together = [item for file in self._files() for item in parsed_list(file)]
        try:
            return self._check(together)
        except FileError as error:
            raise FileError(f"The folder {self._path} cannot be used: {error}") from error


def stamp_of(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError as error:
        raise FileError(f"The file {file} cannot be read: {error.strerror}.") from error
    return status.st_mtime_ns, status.st_size


def parsed(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(f"The file {file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise FileError(f"The file {file} is not valid JSON: {error}.") from error


def parsed_list(file: Path) -> list[Any]:
    data = parsed(file)
    if not isinstance(data, list):
        raise FileError(f"The file {file} cannot be used: It must hold a list.")
    return data
