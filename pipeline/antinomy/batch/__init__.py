"""The same flow over many files: resumable, into one run folder."""
