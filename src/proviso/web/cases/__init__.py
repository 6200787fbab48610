"""Cases: the list, the file with its steps and chronology, decisions, letters, and the file to take out."""
