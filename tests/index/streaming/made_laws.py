"""Made-up laws, an article a row."""

import json
from pathlib import Path

BATCH = 7  # rows: a law of five articles often lies across two batches
_MATTERS = ("试用期", "工资", "工伤", "休假", "合同解除", "社会保险", "加班", "培训", "竞业限制", "仲裁")
_PLACES = (None, "哈尔滨", ["哈尔滨", "长春"], "全国")


def row(number: int) -> dict[str, object]:
    """One article; those of one law stand together."""
    law, matter = number // 5, _MATTERS[number % len(_MATTERS)]
    text = f"用人单位应当按照第{law}号规定办理{matter}。{matter}的期限不得超过{number + 1}日；逾期的，处以罚款。"
    written: dict[str, object] = {
        "id": f"row-{number:03}",
        "title": f"劳动者{'甲乙丙丁戊己庚辛'[law % 8]}{law}办法第{number % 5 + 1}条",
        "text": text + ("劳动者可以申请仲裁。" if number % 3 else ""),
    }
    if place := _PLACES[number % len(_PLACES)]:
        written["jurisdiction"] = place
    return written


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    """A file of these rows."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    return path
