"""Drives `policyqa serve` from outside: timings and screenshots."""
