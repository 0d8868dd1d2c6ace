"""Chinese numerals, sentences and characters, as every package reads them."""
