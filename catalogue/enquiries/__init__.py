"""What readers write: corrections, claims and removals of records to us; enquiries to makers."""
