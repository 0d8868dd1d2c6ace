"""Validity as of a day, measured: invented texts that replace one another, asked about on three days."""
