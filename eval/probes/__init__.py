"""Questions as people ask them and talks, with what a right answer holds."""
