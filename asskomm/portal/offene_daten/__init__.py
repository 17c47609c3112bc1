"""Open data: the public records as files with a data dictionary, and the catalogue of them."""
