"""Rows from tables and exports, of any kind that a room registers: read, mapped, previewed, confirmed, applied."""
