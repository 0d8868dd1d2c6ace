"""Help for fields of forms, measured on labelled fields."""
