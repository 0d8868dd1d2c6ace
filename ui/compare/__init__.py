"""What several places say on one matter, side by side."""
