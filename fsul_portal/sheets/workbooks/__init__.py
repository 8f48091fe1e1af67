"""The inside of a workbook, from its archive to the cell that a person sees."""
