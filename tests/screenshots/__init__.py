"""Takes the pictures of the guide: `python -m tests.screenshots`, or `make screenshots`."""
