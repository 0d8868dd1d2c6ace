"""Hybrid search of other libraries beside ours, over one collection: the same terms, the same vectors, one run.

    documents ─► material: ids, terms and vectors of our tokenizer and encoder, kept in a folder, made once
                    │
                    ├─► each system builds its index from it, in a process of its own: seconds, memory
                    ├─► each is opened in a fresh process and asked: memory to serve
                    └─► all of them in one process on so many cores answer each question in turn, in shuffled order:
                        milliseconds, and recall@10 where the questions say what is relevant

A system is one module here, imported only when it is asked for. One whose package is missing is named, with what to
install, and the others run.
"""
