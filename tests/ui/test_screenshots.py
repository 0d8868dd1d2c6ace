"""The command that takes the pictures of the documentation."""

from pathlib import Path

import pytest

from eval.pages.access_shots import ACCESS_SHOTS
from eval.pages.screenshots import SHOTS, main, take
from eval.pages.service_shots import OFFICE_SHOTS

pytestmark = pytest.mark.browser


def test_a_shot_has_the_size_of_its_screen(site: str, tmp_path: Path) -> None:
    shot = next(shot for shot in SHOTS if shot.name == "phone-citation")
    take([shot], tmp_path, site)
    png = (tmp_path / "phone-citation.png").read_bytes()
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == shot.size


def test_every_shot_is_in_the_documentation() -> None:
    pictures = {path.stem for path in (Path(__file__).parents[2] / "docs/screens").glob("*.png")}
    assert {shot.name for shot in (*SHOTS, *OFFICE_SHOTS, *ACCESS_SHOTS)} <= pictures


def test_a_beginning_that_no_picture_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="match-result"):
        main(tmp_path, ["nothing-like-it"])
