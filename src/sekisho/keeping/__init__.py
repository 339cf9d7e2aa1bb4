"""What is kept, and for how long: erasure that is real, retention, holds, and everything of an organisation as one file."""
