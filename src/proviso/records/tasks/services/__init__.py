"""Every change of tasks, calendars, absences and school holidays: one function each."""
