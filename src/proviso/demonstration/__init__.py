"""Invented schools, made by the services that people use. Only its own pages and the command line know it."""
