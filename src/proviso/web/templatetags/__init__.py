"""Tags that the site's templates load."""
