"""The trained extractor: one encoder pass over an article, heads for mentions, links and relations."""
