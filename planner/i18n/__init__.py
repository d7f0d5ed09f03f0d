"""What people read: messages, their catalogues and languages."""
