"""Where things are: places with their old and new names, craft villages, points of interest, industrial zones."""
