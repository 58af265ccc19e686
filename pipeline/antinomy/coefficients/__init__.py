"""Coefficients of agreement, for many samples at once: pure functions of counts; undefined is nan.

Two coders and one code: ``cells``. Any number of coders, codings missing: ``tallies``. Sets of codes: ``label_sets``.
"""
