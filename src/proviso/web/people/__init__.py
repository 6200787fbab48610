"""The people of a school: lists, a page for each person, and their import."""
