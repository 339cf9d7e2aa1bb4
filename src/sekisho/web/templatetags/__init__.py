"""Template tags: how numbers, classes, tables and charts are drawn. No logic beyond presentation."""
