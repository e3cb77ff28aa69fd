"""The explorer: one HTML file in which a trained model lives, made without a build step and read without a server."""
