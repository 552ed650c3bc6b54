"""What a person sees: one module a page."""
