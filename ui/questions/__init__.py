"""The page of the saved questions, which are asked of every publication."""
