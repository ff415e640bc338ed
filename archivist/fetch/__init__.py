"""The network, once, carefully."""
