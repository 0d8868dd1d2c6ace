"""Where one can turn: the channels of a matter and a place, whether they are open, and the line that ends an answer."""
