"""The files that are served."""

from __future__ import annotations

from local_aws.watched_file import WatchedFile

images: WatchedFile
parameters: WatchedFile
