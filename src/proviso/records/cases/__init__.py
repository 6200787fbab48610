"""Concerns that are shared, and the cases in which they are dealt with.

A concern is what somebody shares. A case gathers concerns, people, steps, decisions, evidence and letters. What is
written in either is sealed under the key of its vault; whom it is about sees nothing of it.
"""
