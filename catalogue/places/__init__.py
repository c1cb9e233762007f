"""Where things are: places with old and new names, craft villages, points of interest, industrial zones."""
