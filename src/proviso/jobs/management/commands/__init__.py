"""`work` and `tick`."""
