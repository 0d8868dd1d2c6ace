"""What the office tells of how a matter is done: materials, steps, time and fee, which policies seldom state."""
