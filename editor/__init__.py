"""The desk: the flow as one sees and edits it."""
