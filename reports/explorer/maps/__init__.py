"""Where the libraries lie whose figures the explorer shows."""
