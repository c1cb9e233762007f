"""Schemes, and the certificates that sources report or issuers confirm under them."""
