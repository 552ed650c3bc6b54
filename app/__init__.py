"""The front door: the only place where the parts meet."""
