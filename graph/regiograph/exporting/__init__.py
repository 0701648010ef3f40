"""What the store holds, for others to load: each format in a module of its own, `formats` lists them."""
