"""Values all subjects share; pure Python, no request, no database."""
