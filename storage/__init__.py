"""The shelf: flows, runs, captured mail and settings in a database; people and events in files."""
