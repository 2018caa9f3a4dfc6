"""What scripts of AWS Glue import, as far as it makes sense without Glue's data catalogue."""
