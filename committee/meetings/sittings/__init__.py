"""A whole sitting, and the minutes of a year, each as one volume."""
