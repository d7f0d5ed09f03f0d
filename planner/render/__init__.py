"""What people see: maps, tables and words; the only part that formats times and numbers."""
