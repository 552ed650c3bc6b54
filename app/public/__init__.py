"""The pages that the links of messages lead to: for readers, who have no account here."""
