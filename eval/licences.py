"""Licences of the packages that are installed with this one: `python -m eval.licences` writes docs/licences.md.

Licences are read from the installed packages' own metadata: the SPDX expression, else the classifiers, else the field.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parents[1] / "docs" / "licences.md"
WITH_TORCH = ("sentence-transformers", "torch")  # in the package, not in image and bundle
# Under these anybody may use, change and pass the whole on; of the weaker copyleft ones, with libraries unchanged.
ALLOWED = re.compile(
    r"Apache|\bMIT\b|BSD|ISC|PSF|Python|MPL|Mozilla|LGPL|Lesser General|Unlicense|CC0|HPND|Zlib|0BSD|Public Domain",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a field that names a licence; longer ones hold its text
_INTRODUCTION = """# 许可 · Licences

policyqa 本身用 MIT 许可。下面是随它安装的软件包和各自的许可，由 `python -m eval.licences` 从软件包自带的说明里读出；
有一个不能随产品分发的，测试就会失败。安装包和镜像里没有标 * 的。软件清单（CycloneDX）：`make sbom`。

policyqa itself is under the MIT licence. These packages are installed with it; the table is read from their own
metadata by `python -m eval.licences`, and a test fails on one that may not be passed on. Those with * are not in bundle
and image. A bill of materials in CycloneDX: `make sbom`.

| package | licence |
|---|---|
"""


def licence_of(package: Distribution) -> str:
    """What the package says of its licence; "" where it says nothing."""
    about = package.metadata.json  # {field: text, or a list of texts}
    if expression := about.get("license_expression"):
        return str(expression)
    classifiers = [one for one in about.get("classifier", ()) if one.startswith("License :: ")]
    names = [one.rpartition(" :: ")[2] for one in classifiers if one != "License :: OSI Approved"]
    field = str(about.get("license") or "").strip().partition("\n")[0]
    return "; ".join(names) or (field if len(field) <= _LONGEST else _known_text(field))


def installed_with(name: str = "policyqa", without: tuple[str, ...] = ()) -> dict[str, Distribution]:
    """The packages that a package needs here, itself left out, by name; `without` and what only these need left out."""
    found: dict[str, Distribution] = {}
    waiting: list[str] = [canonicalize_name(name)]
    while waiting:
        current = waiting.pop()
        for needed in _needed(current):
            if needed not in found and needed not in without:
                try:
                    found[needed] = distribution(needed)
                except PackageNotFoundError:  # for another system or Python
                    continue
                waiting.append(needed)
    return dict(sorted(found.items()))


def page() -> str:
    """docs/licences.md."""
    all_, shipped = installed_with(), installed_with(without=WITH_TORCH)
    rows = [
        f"| {name}{'' if name in shipped else ' *'} | {licence_of(package) or '—'} |" for name, package in all_.items()
    ]
    return _INTRODUCTION + "\n".join(rows) + "\n"


def _needed(name: str) -> Iterator[str]:
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def _known_text(text: str) -> str:
    return next(iter(re.findall(r"MIT|Apache|BSD|LGPL|MPL", text)), "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE, file=sys.stderr)
