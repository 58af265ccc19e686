"""Public repositories -> local copies of the texts that gold sets refer to, one ``Speaker: words`` paragraph a turn."""
