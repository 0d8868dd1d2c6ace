"""Talk about the talk: once more, in simpler words, wrong, what else, the second one, a person please."""
