"""From a file as received to normalised text."""
