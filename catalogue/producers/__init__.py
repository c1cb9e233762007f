"""Who makes things: companies, cooperatives, households, artisan groups and farms."""
