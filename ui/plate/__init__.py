"""Plates for doors and counters (数字政务门牌): a short address for every matter, and sheets of them to print."""
