"""The one page kit: every room makes its pages, forms, lists, files and navigation with it."""
