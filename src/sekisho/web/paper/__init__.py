"""The monthly report on paper: what an administrator hands to the board, as a PDF set by typst."""
