"""One document is one segment: what did not change is taken as it was, and what is removed leaves with its segment."""
