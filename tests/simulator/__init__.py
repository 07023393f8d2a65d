"""The simulator: how strict its platform is, what its page may ask, how the page looks."""
