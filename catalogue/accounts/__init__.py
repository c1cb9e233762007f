"""Who can sign in: people, their roles in the office, invitations and applications."""
