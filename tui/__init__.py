"""What the reader sees: the command line, the screens, the reading pane."""
