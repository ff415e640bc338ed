"""What leaves an archive in one file: self-contained WARC, WACZ, bags of evidence; pure, on file objects."""
