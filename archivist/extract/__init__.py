"""Bytes to Article and Document: witnesses make claims, settle chooses. Pure."""
