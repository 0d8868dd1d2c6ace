"""Fields as they are measured, and what the shipped ones come to."""

import json
from pathlib import Path

from assistant.service import Assistant
from eval.guidance.measure import figures, mapped, read_fields, unmapped


def test_the_shipped_fields_reach_what_is_written_beside_the_threshold(assistant: Assistant) -> None:
    fields = read_fields()
    assert mapped(fields, assistant) == []  # they stand on no form that is shipped
    found = figures(unmapped(fields, assistant))
    assert (found.answerable, found.silent) == (68, 69)
    assert found.right >= 62
    assert found.wrong_help <= 1


def test_a_file_may_name_forms_and_leave_out_what_is_not_there(assistant: Assistant, tmp_path: Path) -> None:
    rows = [
        {
            "id": "a",
            "form": "open-a-company",
            "field": "business-scope",
            "label": "经营范围",
            "clauses": ["harbin-66:5"],
        },
        {"id": "b", "form": "open-a-company", "field": "address", "label": "住所", "place": "哈尔滨", "clauses": []},
        {"id": "c", "label": "姓名", "section": "", "options": [], "place": [], "clauses": ["harbin-66:1"]},
    ]
    file = tmp_path / "fields.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    fields = read_fields(file)
    assert fields[1].asked.places == ("哈尔滨",)
    assert [(one.field.id, one.first) for one in mapped(fields, assistant)] == [("a", "harbin-66:5"), ("b", None)]
    assert str(figures(unmapped(fields, assistant))) == "right clause first 1/2 0.500, wrong help 0/1 0.000"
