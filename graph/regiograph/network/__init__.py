"""The graph as a networkx multigraph, and its measures."""
