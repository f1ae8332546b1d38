"""The commands of `portal` that work on what is in the database: one file for each.

A command imports what it needs when it runs, so that `portal --help` needs no settings.
"""
