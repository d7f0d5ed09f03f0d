"""What if: scenarios solved side by side, and what is scarce."""
