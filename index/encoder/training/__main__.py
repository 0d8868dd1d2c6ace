"""`python -m index.encoder.training --data DIR --output FOLDER`: train the shipped encoder from nothing."""

from pathlib import Path
from typing import Annotated

import torch
import typer

from index.encoder.training.run import TrainingRun, train
from index.encoder.training.trainer import TrainingConfig

SHIPPED = TrainingConfig()


def main(  # noqa: PLR0917  (typer reads options off the parameters)
    data: Annotated[Path, typer.Option(help="训练文件的文件夹 · folder of the training files (*.jsonl.gz)")],
    output: Annotated[Path, typer.Option(help="写入的模型文件夹 · model folder to write, e.g. index/encoder/model")],
    work: Annotated[Path, typer.Option(help="中间文件 · tokenizer, pairs, checkpoints, log")] = Path(
        ".policyqa/training"
    ),
    benchmark: Annotated[Path | None, typer.Option(help="开发集，只记录 · development sets, only for the log")] = None,
    threads: Annotated[int, typer.Option(min=1, help="线程，多则求和次序不同 · more sum in another order")] = 1,
    vocabulary: Annotated[int, typer.Option(help="词表 · pieces")] = SHIPPED.vocabulary,
    dimension: Annotated[int, typer.Option(help="维数 · of the vectors")] = SHIPPED.dimension,
    batch: Annotated[int, typer.Option(help="批 · pairs of a batch")] = SHIPPED.batch,
    draft_steps: Annotated[int, typer.Option(help="草稿步数 · batches of the draft")] = SHIPPED.draft_steps,
    steps: Annotated[int, typer.Option(help="步数 · batches of a member")] = SHIPPED.steps,
    members: Annotated[int, typer.Option(help="成员 · models that are merged")] = SHIPPED.members,
    rate: Annotated[float, typer.Option(help="学习率 · highest learning rate")] = SHIPPED.rate,
    scale: Annotated[float, typer.Option(help="余弦的倍数 · of the cosines in the loss")] = SHIPPED.scale,
    dropout: Annotated[float, typer.Option(help="略去的比例 · share of pieces left out")] = SHIPPED.dropout,
    decay: Annotated[float, typer.Option(help="自有向量的衰减 · weight decay of pieces' own vectors")] = SHIPPED.decay,
    seed: Annotated[int, typer.Option(help="随机种子 · of everything random")] = SHIPPED.seed,
) -> None:
    """训练随附的向量模型 · run the training and print the development figures."""
    torch.set_num_threads(threads)
    config = TrainingConfig(
        vocabulary=vocabulary,
        dimension=dimension,
        batch=batch,
        draft_steps=draft_steps,
        steps=steps,
        members=members,
        rate=rate,
        scale=scale,
        dropout=dropout,
        decay=decay,
        seed=seed,
    )
    for name, value in train(TrainingRun(data, work, config), output, benchmark).items():
        print(f"{name:24} {value:.3f}")


if __name__ == "__main__":
    typer.run(main)
