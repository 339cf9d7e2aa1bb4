"""Records about mail other than SPF and DMARC, each read into values with notes: DKIM keys, MX, MTA-STS, TLS-RPT, BIMI."""
