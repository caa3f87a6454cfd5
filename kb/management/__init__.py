"""The operator's face: commands parse arguments, call a room and print."""
