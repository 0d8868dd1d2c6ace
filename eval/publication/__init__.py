"""What publication is measured by: killed at random moments, under load, and after a small change."""
