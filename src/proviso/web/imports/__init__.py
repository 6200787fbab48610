"""Pages of imports: upload, which column is which, who is in it, preview, confirm, progress."""
