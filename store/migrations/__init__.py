"""The library's schema over time, by Alembic. Imported only when a library is new or older than this postil."""
