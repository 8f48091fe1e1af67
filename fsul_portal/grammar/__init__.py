"""What every record of the house is written with."""
