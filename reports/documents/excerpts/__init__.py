"""What a report says of one district or one library, out of the same snapshot."""
