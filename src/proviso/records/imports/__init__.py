"""Rows from tables and exports: read, columns mapped, previewed, confirmed, applied, for any kind that a room registers."""
