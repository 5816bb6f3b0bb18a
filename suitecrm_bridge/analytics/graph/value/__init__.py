"""What each customer will still buy, and what that is worth."""
