"""What becomes of leads and targets."""
