"""The sandbox: a platform we invented, for the demo, training and tests. It is no real platform."""
