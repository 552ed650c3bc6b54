"""The words for assumptions, a file for each thing that is assumed about."""
