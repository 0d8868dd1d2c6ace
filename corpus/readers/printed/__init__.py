"""From letters at their places on pages to paragraphs and rows of tables: pdf, OFD and pictures go this way."""
