"""What a portal of an earlier release holds, and that it lives on under the code of today."""
