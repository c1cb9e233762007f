"""Papers that somebody shows us in confidence: kept in a folder that no page serves to the public."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MOST_PAPERS = 6
MOST_BYTES = 8 * 1024 * 1024
DRAFT = re.compile(r"[\w-]{10,40}")
# By what a file begins with, for its name says nothing. HEIC is what iPhones take photographs in.
KINDS = (
    (re.compile(rb"\xff\xd8\xff"), "jpg", "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png", "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp", "image/webp"),
    (re.compile(rb"....ftyp(heic|heix|mif1|msf1)", re.DOTALL), "heic", "image/heic"),
    (re.compile(rb"%PDF-"), "pdf", "application/pdf"),
)
MEDIA_TYPES = {f".{ending}": media_type for _, ending, media_type in KINDS}


@dataclass(frozen=True)
class Paper:
    """A kept file and what it is."""

    path: Path
    media_type: str


class Papers:
    """Files as they were sent, by draft; a form brings `MOST_PAPERS` at most."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, draft: str, content: bytes) -> str | None:
        """Keep a file; else what is wrong: `kind`, `size` or `number`. The same twice is kept once."""
        ending = next((ending for start, ending, _ in KINDS if start.match(content)), None)
        if ending is None:
            return "kind"
        if len(content) > MOST_BYTES:
            return "size"
        if not self._has(draft, content):
            if len(self.of(draft)) >= MOST_PAPERS:
                return "number"
            self._put(draft, content, f".{ending}")
        return None

    def add(self, draft: str, other: str) -> None:
        """Lay the files of another draft with these as well, each once, however many they become."""
        for paper in self.of(other):
            content = paper.path.read_bytes()
            if not self._has(draft, content):
                self._put(draft, content, paper.path.suffix)

    def of(self, draft: str) -> list[Paper]:
        """The files of a draft, in the order in which they came."""
        if not DRAFT.fullmatch(draft):
            return []
        found = [path for path in self._of_draft(draft).glob("*.*") if path.suffix in MEDIA_TYPES]
        found.sort(key=lambda path: (len(path.stem), path.stem))  # 10 comes after 9
        return [Paper(path, MEDIA_TYPES[path.suffix]) for path in found]

    def drafts(self, before: datetime) -> list[str]:
        """Of which drafts there are papers, all of them older than that moment."""
        stamp = before.timestamp()
        return [folder.name for folder in self._folder.glob("*") if folder.stat().st_mtime < stamp]

    def drop(self, draft: str) -> None:
        """Let the papers of a draft go; nothing happens where there are none."""
        shutil.rmtree(self._of_draft(draft), ignore_errors=True)

    def _has(self, draft: str, content: bytes) -> bool:
        return any(
            paper.path.stat().st_size == len(content) and paper.path.read_bytes() == content
            for paper in self.of(draft)
        )

    def _put(self, draft: str, content: bytes, suffix: str) -> None:
        folder = self._of_draft(draft)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{len(self.of(draft)) + 1}{suffix}"
        path.write_bytes(content)
        path.chmod(0o600)

    def _of_draft(self, draft: str) -> Path:
        if not DRAFT.fullmatch(draft):
            raise ValueError("not the name of a draft")
        return self._folder / draft
