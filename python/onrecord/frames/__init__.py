"""Data frames of every kind, with none of them required: `source` takes what a caller gives apart."""
