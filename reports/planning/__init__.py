"""The plan of the annual report: outline, dictionary, who writes what until when."""
