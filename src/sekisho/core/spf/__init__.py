"""SPF (RFC 7208): the record, its evaluation for a sender, its tree for people, and its addresses as ranges."""
