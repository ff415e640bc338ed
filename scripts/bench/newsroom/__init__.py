"""A newsroom and its site, played on real pages: what editors change, and what the site changes by itself."""
