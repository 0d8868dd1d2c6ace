"""Documents packed into files that are mapped, each unpacked when it is looked at.

A corpus of a hundred thousand documents and more is served so: a document takes a millisecond's part to unpack, and
what was unpacked lately stays. Nothing here walks all documents when a corpus is opened.
"""
