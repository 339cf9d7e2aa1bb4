"""Asks the questions of the core over the network, with time-outs and a cache."""
