"""Text as every database takes it."""


def storable(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses, and without halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def holding(words: str) -> str:
    """A LIKE pattern, escaped by a backslash, for texts that hold these words in this order."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
