"""What an operator needs: counters and limits."""
