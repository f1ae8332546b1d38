"""The isolation matrix: everything anybody can ask, asked by everybody who should not.

Sentinels stand in every text of the database and numbers are never reused, so that an answer
betrays where it came from. What is asked grows by itself: handlers, pages, routes and use
cases are taken from the running code, and one that no table of `right_people` knows fails.
"""
