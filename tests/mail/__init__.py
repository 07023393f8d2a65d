"""Tests of the room: letters as mails, and a real SMTP server on loopback."""
