"""The manager's page: how much is asked, what stays without an answer, and where."""
