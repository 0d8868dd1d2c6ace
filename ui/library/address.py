"""Where the clerk's page is, and what its script asks."""

PAGE, API = "/library", "/v1/library"
