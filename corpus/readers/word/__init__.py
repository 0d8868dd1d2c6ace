"""What is inside a Word file: its parts, styles, numbering, the text of a paragraph, tables."""
