"""What the catalogue says in its own name: the front page's words, pages about the site, travel notices."""
