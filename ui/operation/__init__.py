"""What an operator does in the browser: answers off, a notice on every page, the audit."""
