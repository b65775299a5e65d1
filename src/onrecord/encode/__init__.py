"""The only place that knows the model: text in, mentions out."""
