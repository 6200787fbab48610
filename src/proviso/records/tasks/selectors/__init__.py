"""Read tasks, absences and school holidays, always for an actor or for the program's own use."""
