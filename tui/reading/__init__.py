"""The pure parts of the reading pane: page, layout, marks, motions. No Textual, no database."""
