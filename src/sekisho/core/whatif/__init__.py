"""What if: stored mail under another policy, and the safe next step on the path to reject."""
