"""How good matching is: against labels, and by the questions it takes."""
