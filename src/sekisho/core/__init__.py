"""The pure part: protocols, readers, writers and the judge; no socket, file, clock or setting."""
