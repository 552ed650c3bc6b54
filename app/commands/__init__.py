"""What the commands of `rehearsal` do; each is imported when it is called."""
