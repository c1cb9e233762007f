"""What the province set out to do for industry and handicraft, with sources."""
