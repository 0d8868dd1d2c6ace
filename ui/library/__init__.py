"""The clerk's page: files are looked at, their facts confirmed, and taken into the library."""
