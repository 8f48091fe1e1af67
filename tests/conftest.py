"""Set the stage: divisions, indicators, groups, ten libraries and the cast of people."""
