"""What QTI 2 and QTI 3 share: plain trees in, items and remarks out, and back."""
