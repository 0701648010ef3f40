"""From sentences to claims: recognising mentions and literals, relating them."""
