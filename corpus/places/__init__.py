"""The gazetteer of provinces, cities and districts."""
