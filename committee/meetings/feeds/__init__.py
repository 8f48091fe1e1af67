"""The meetings in calendars: as events of mails, and as a feed of the committee."""
