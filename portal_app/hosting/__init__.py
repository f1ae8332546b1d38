"""Building the pages and serving the portal: the only place that knows how Reflex is started."""
