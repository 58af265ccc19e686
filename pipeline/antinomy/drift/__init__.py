"""Dated documents of an organisation -> where its balance slips, and whether that can be read at all."""
