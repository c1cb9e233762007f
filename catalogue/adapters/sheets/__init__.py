"""Tables for spreadsheet programs: CSV and XLSX are written, and whatever people send is read."""
