"""Who is who: names, the gazetteer, identity."""
