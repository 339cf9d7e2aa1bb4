"""The pages: each reads its input, asks the registry and the store once, and renders."""
