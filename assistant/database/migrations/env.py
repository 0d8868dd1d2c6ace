"""What alembic runs to upgrade: the revisions, on the connection that assistant/database/schema.py hands over."""

from alembic import context

attributes = context.config.attributes
context.configure(connection=attributes["connection"], version_table=attributes["version_table"])
context.run_migrations()
