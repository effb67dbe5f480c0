"""The built wheel holds all that it needs: installed elsewhere, it gives the same records."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from support import PAGES, ROOT, parse_lines, run_govfacts


def clean_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV", "COVERAGE"))}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh venv with the wheel in it; its dependencies are those of this Python, by a .pth file."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    for name in ("extractor", "schemas"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(tree)]
    done = subprocess.run(build, capture_output=True, text=True, env=clean_environment(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")

    home = folder / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    target = subprocess.check_output([python, "-c", "import site; print(site.getsitepackages()[0])"], text=True).strip()
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(pip, capture_output=True, text=True, env=clean_environment(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    # Behind the wheel's own folder on the path, and its editable twin is no .pth that this one follows.
    (Path(target) / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n", "utf-8")
    return home


def test_the_wheel_gives_the_same_records_from_another_folder(installed: Path, tmp_path: Path) -> None:
    page = tmp_path / PAGES[0].name
    shutil.copy(PAGES[0], page)
    done = subprocess.run(
        [installed / "bin" / "govfacts", "extract", page],
        capture_output=True,
        cwd=tmp_path,
        env=clean_environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert parse_lines(done.stdout)[1:] == parse_lines(run_govfacts("extract", page).stdout)[1:]


def test_the_wheel_runs_its_own_code(installed: Path, tmp_path: Path) -> None:
    code = "import extractor, schemas; print(extractor.__file__); print(schemas.__file__)"
    python = installed / "bin" / "python"
    where = subprocess.check_output([python, "-c", code], cwd=tmp_path, env=clean_environment(), text=True).split()
    assert all(Path(path).is_relative_to(installed) for path in where)


def test_the_wheel_holds_every_table(installed: Path) -> None:
    (package,) = installed.glob("lib/*/site-packages/extractor")
    want = {path.relative_to(ROOT / "extractor") for path in (ROOT / "extractor").rglob("*.tsv")}
    assert {path.relative_to(package) for path in package.rglob("*.tsv")} == want
    (metadata,) = package.parent.glob("govfacts-*.dist-info")
    assert list(metadata.rglob("LICENSE"))
