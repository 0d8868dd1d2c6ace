"""A conversation handed over to a person: by a code that is read out, or by a call back (转人工, 回拨)."""
