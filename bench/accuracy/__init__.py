"""How often the verdict is right, measured on labelled worlds."""
