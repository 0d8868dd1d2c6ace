"""The evaluation for readers and for other programs: a page, a comparison, files of TREC."""
