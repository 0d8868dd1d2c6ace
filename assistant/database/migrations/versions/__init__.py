"""The revisions: v0001_….py, v0002_….py. The number is the revision, and each follows the one before."""
