"""Answers as a chat completion, for programs written for OpenAI's API: a declared subset, citations beside it."""
