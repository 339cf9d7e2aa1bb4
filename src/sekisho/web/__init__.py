"""The pages and the API (Django)."""
