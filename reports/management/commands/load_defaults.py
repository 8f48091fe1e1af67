"""Load what the portal cannot do without; what is there already stays as it is."""
