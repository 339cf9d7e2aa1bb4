"""Who owns what: organisations, people, domains, deliveries, decisions (Django on SQLite)."""
