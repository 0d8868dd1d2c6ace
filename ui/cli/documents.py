"""`policyqa documents`: look at files before they are taken in, take them in, list, show and remove them; drafts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from corpus.errors import DocumentError
from ui.cli.audited import audited
from ui.cli.console import reading_console
from ui.cli.json_output import print_json
from ui.cli.uploads import read_uploads

if TYPE_CHECKING:
    from corpus.library.library import Library
    from corpus.library.preview import Preview
    from corpus.reading import ReadDocument

documents_app = typer.Typer(
    help="文件 · the documents of the library: look at them, take them in, remove them",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]
Files = Annotated[list[Path], typer.Argument(help="文件或文件夹 · files, or folders of files")]
Id = Annotated[str, typer.Argument(metavar="ID", help="文件编号，见 list · the id of a document, see list")]


@documents_app.command()
def preview(
    files: Files,
    as_json: AsJson = False,
    toml: Annotated[bool, typer.Option("--toml", help="只输出从文中读出的事实 · only the facts, as TOML")] = False,
) -> None:
    """看一份文件读成什么：标题、事实及依据、条款、未归入条款的正文 · what a file is read as; nothing is taken in.

    例 example: policyqa documents preview 办法.docx
    """
    from corpus.drafts import to_toml
    from corpus.library.preview import preview as look_at
    from corpus.library.preview import same_id
    from corpus.library.view import preview_view
    from ui.cli.preview import show_preview

    uploads, failures = read_uploads(files)
    library = _library()
    others = [read.document for read in library.load().documents]
    profile = library.profile()
    seen: list[Preview] = []
    for upload in uploads:
        try:
            one = look_at(upload, others, profile)
        except DocumentError as error:
            failures.append(error)
            continue
        if any(earlier.read.document.id == one.read.document.id for earlier in seen):
            failures.append(same_id(upload))
        others.append(one.read.document)
        seen.append(one)
    if as_json:
        print_json([preview_view(one) for one in seen])
    for one in seen if not as_json else ():
        if toml:
            print(f"# {one.upload.where}\n{to_toml(one.drafts)}")
        else:
            show_preview(one)
    _fail(failures)


@documents_app.command()
@audited("documents add", "files")
def add(
    files: Files,
    replace: Annotated[
        bool, typer.Option("--replace", help="替换编号相同的文件 · take the place of a document of the same id")
    ] = False,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="条款有误也放入 · take it in though its numbering is surely wrong")
    ] = False,
) -> None:
    """把文件连同事实放入文件库；有一份不行就都不放 · take files into the library with their facts, all or none.

    例 example: policyqa documents add 办法.docx
    """
    uploads, failures = read_uploads(files)
    _fail(failures)
    for seen in _library().add(uploads, replace=replace, go_on=go_on):
        document = seen.read.document
        print(f"已放入 added {document.id}：{document.title}，{len(seen.read.clauses)} 条条款 clauses")
        for line in (*(seen.errors if go_on else ()), *seen.warnings, *map(str, seen.versions)):
            print(line, file=sys.stderr)
    _say_how_to_publish()


@documents_app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """列出文件库里的文件 · list the documents of the library.

    例 example: policyqa documents list
    """
    from corpus.library.versions import find_versions

    loaded = _library().load()
    if as_json:
        print_json([_row(read) for read in loaded.documents])
    else:
        for read in loaded.documents:
            document = read.document
            issued = document.issued.isoformat() if document.issued else None
            known = (document.number, "、".join(document.jurisdiction), issued, read.path.name if read.path else None)
            unplaced = f"{len(read.unplaced)} 行正文未归入条款 lines in no clause" if read.unplaced else None
            words = "  ".join(filter(None, (*known, unplaced)))
            print(f"{document.id}  {document.title}  {len(read.clauses)} 条 clauses  {words}")
        for versions in find_versions([read.document for read in loaded.documents]):
            print(f"互为版本 versions · {versions}")
    _fail(list(loaded.failures))


@documents_app.command()
def show(document_id: Id, as_json: AsJson = False) -> None:
    """显示文件库里的一份文件 · show a document of the library.

    例 example: policyqa documents show harbin-66
    """
    from corpus.library.view import preview_view
    from ui.cli.preview import show_preview

    seen = _library().show(document_id)
    if as_json:
        print_json(preview_view(seen))
    else:
        show_preview(seen)


@documents_app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧的：编号或文件 · the older one: an id, or a file")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新的：编号或文件 · the newer one: an id, or a file")],
    questions: Annotated[
        Path | None, typer.Option(help="保存的问题，看哪些受影响 · saved questions, to see which are touched")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """逐条对照两份文件：未变、改编号、有修改、新增、删去 · compare two documents clause by clause.

    例 example: policyqa documents diff 旧办法.docx 新办法.docx
    """
    from corpus.lifecycle.differences import differences
    from corpus.lifecycle.touched import SavedQuestion, touched
    from corpus.lifecycle.version import version_read
    from corpus.lifecycle.view import differences_view
    from eval.questions.questionset import read_questions
    from ui.cli.differences import show_differences

    before, after = (version_read(_version(name)) for name in (old, new))
    found = differences(before, after)
    saved = [
        SavedQuestion(one.id, one.question, (*one.relevant, *one.relevant_parts), one.quote)
        for one in (read_questions(questions) if questions else ())
    ]
    hangs_on_it = touched(found, before, after, saved)
    if as_json:
        print_json(differences_view(found, hangs_on_it))
    else:
        show_differences(found, hangs_on_it, reading_console())


@documents_app.command()
@audited("documents remove", "document_id")
def remove(
    document_id: Id,
    reason: Annotated[str | None, typer.Option(help="为什么删，记入审计记录 · why, for the audit record")] = None,
    by: Annotated[str | None, typer.Option(help="经办人 · who does it")] = None,
    purge: Annotated[
        bool, typer.Option("--purge", help="供退回的旧版本也一并删去 · drop the older generations that hold it, too")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """删去一份文件：立即停用，并逐处查证没有留下 · remove a document, at once, and prove that nothing holds it.

    例 example: policyqa documents remove harbin-66 --reason 来文撤回
    """
    from ui.cli.removal import remove_document

    remove_document(document_id, reason=reason, by=by, purge=purge, as_json=as_json)


@documents_app.command()
def suggest(
    folder: Annotated[
        Path | None, typer.Argument(help="文件夹；不写则是现在查询的文件 · a folder; without it what is searched")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="写入的文件，多份文件时为文件夹 · the file; of several documents a folder"),
    ] = None,
    model: Annotated[
        bool, typer.Option("--model", help="白话由 POLICYQA_MODEL_URL 的模型起草 · plain sentences by the model set")
    ] = False,
) -> None:
    """为没有通俗化表述的条款、没有适用条件的文件起草，供人改定 · drafts of plain-language records and of conditions.

    例 example: policyqa documents suggest folder --output drafts
    """
    from corpus.load import load_corpus
    from corpus.readers.cache import SourceCache
    from corpus.readers.folder import CONDITIONS, RECORDS
    from corpus.records.services import described_documents, read_profile_in
    from corpus.records.suggestion import suggested_conditions
    from index.lexicon.expansion import load_lexicon
    from index.suggested import suggested_records
    from ui.cli.drafts import sayer, write_drafts

    settings = Settings.from_environment()
    documents = folder or settings.documents
    corpus = load_corpus(documents, SourceCache(settings.kept_sources))
    drafts = {
        RECORDS: suggested_records(corpus, load_lexicon(), sayer(settings) if model else lambda _: ""),
        CONDITIONS: suggested_conditions(corpus, read_profile_in(documents), described_documents(documents)),
    }
    if not drafts[RECORDS]:
        print("每一条都已有通俗化表述。Every clause has a plain-language record already.")
    if not drafts[CONDITIONS]:
        print("没有要起草的适用条件。No document is left that conditions could be drafted for.")
    if output is None:
        print("\n".join(text for found in drafts.values() for text in found.values()), end="")
    elif any(drafts.values()):
        write_drafts(drafts, output)


def _row(read: "ReadDocument") -> dict[str, object]:
    document = read.document
    return {
        "id": document.id,
        "title": document.title,
        "number": document.number,
        "jurisdiction": list(document.jurisdiction),
        "issued": document.issued.isoformat() if document.issued else None,
        "clauses": len(read.clauses),
        "unplaced": len(read.unplaced),
        "coverage": round(read.coverage, 4),
        "file": read.path.name if read.path else None,
    }


def _version(name: str) -> "ReadDocument":
    """A document of the library by its id, or a file. Raises NotFoundError, DocumentError."""
    from corpus.errors import NotFoundError
    from corpus.reading import read_document

    found = next((read for read in _library().load().documents if read.document.id == name), None)
    if found is None and not Path(name).is_file():
        raise NotFoundError(
            f"没有文件 {name}：请写文件库里的编号（见 policyqa documents list）或文件的路径。"
            f"No document {name}; give an id of the library, see policyqa documents list, or the path of a file.",
            "document",
        )
    return found or read_document(Path(name))


def _library() -> "Library":
    from corpus.library.library import Library
    from corpus.readers.cache import SourceCache

    settings = Settings.from_environment()
    return Library(settings.library_folder, SourceCache(settings.kept_sources))


def _fail(failures: list[DocumentError]) -> None:
    if failures:
        raise DocumentError("\n".join(map(str, failures)))


def _say_how_to_publish() -> None:
    settings = Settings.from_environment()
    print("运行 policyqa publish 后生效，不必重启。It is in service once you run policyqa publish; no restart.")
    if settings.corpus is not None:
        print(
            f"现在查询的是 POLICYQA_CORPUS={settings.corpus}，不是文件库；要查询文件库请去掉这项设置。"
            "POLICYQA_CORPUS is searched, not the library: unset it to search the library."
        )
