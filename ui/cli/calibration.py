"""`policyqa calibrate`: an office's own questions make the confidence its own."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.audited import audited


@audited("calibrate", "questions")
def calibrate(
    questions: Annotated[Path, typer.Argument(help="有标注的问题 · labelled questions (JSONL, CSV, xlsx)")],
) -> None:
    """用本单位有标注的问题校准把握 · correct the confidence on labelled questions of your own.

    例 example: policyqa calibrate our-questions.xlsx
    """
    from assistant.confidence.calibration import write_calibration
    from assistant.settings import Settings
    from eval.fitting.calibration import calibrate as fit
    from eval.questions.questionset import read_questions
    from ui.cli.assistant import open_assistant

    settings = Settings.from_environment()
    assistant = open_assistant(settings).uncalibrated()
    fitted = fit(assistant, read_questions(questions, assistant.corpus))
    write_calibration(settings.calibration_file, fitted.calibration)
    print(f"已校准 calibrated on {fitted.calibration.questions} questions → {settings.calibration_file}")
    for name, figures in (("以前 before", fitted.before), ("现在 now, out of fold", fitted.after)):
        print(
            f"  {name}: 把握误差 calibration error {figures.error:.3f}，答对 answered right {figures.right:.2f}，"
            f"误答 false answers {figures.false_answers:.2f}"
        )
    print("重新启动服务后生效；删除该文件即恢复。It counts from the next start; remove the file to go back.")
