"""Invented schools with invented people, made by the services that people use. Only its pages and the command line know it."""
