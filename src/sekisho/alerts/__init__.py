"""The channels through which people are told: each takes a message and hands it over, or says why it could not."""
