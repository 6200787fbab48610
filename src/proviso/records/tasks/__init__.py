"""What is to be done by whom and by when: tasks, deadlines, absences, and the one list of what needs whom."""
