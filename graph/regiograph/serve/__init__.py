"""The SPARQL endpoint and the graph to browse, over HTTP."""
