"""Pages of imports: upload, preview, confirm, progress."""
