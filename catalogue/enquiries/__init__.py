"""What readers write to us: corrections, claims and removals of records; later, questions to makers."""
