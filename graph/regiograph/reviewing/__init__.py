"""What is in doubt, and how people decide it, on a terminal or in a browser."""
