"""A library is published in generations: built beside the one in service, examined, switched to in one step."""
