"""The pages that belong to no room, and what frames all pages."""
