"""What a round says of the weights of its soft objectives."""
