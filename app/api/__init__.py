"""What pages fetch over HTTP: uploads, downloads and facts about the app."""
