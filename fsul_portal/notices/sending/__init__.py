"""The ways out of the portal, and what goes out by them."""
