"""An index of any number of documents, built from a stream of them in bounded memory.

    rows → batches of 4,096 → (workers) chunk: documents packed, terms counted, passages encoded → kept by its digest
         → survey: every term with its frequency, every word, every id          one pass over the chunks
         → merge: postings, vectors, words, documents written to mapped files   a second pass
         → words encoded → ids and names sorted
         → approximate index trained on some vectors, filled in blocks, measured → files sealed → manifest → switch

A chunk that is kept is not made again, so that a build which was killed goes on where it was. What comes out equals
what `index.building` makes of the same documents in memory, array by array.
"""
