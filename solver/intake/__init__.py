"""From a raw document to a problem that can be solved, or to every issue in it at once."""
