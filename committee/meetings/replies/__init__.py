"""What the invited reply: who comes, who sends a deputy, who is excused."""
