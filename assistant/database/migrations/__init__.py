"""How the schema of the database came to be, step by step: `versions` holds one file a revision, none ever changed."""
