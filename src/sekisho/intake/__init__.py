"""The intakes at work: inboxes of the registry joined with the doors of `ingest`, looked at and listened for in the server."""
