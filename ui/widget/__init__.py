"""Help beside a form's fields, in any page: `/widget.js`, and `/demo/form`, where it is shown."""
