"""The reading pane, the side panel, the lists, and the small dialogs."""
