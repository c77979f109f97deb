"""Reads a calendar with python3-icalendar and lists its events by time."""
import sys

from icalendar import Calendar

events = Calendar.from_ical(sys.stdin.buffer.read()).walk("VEVENT")
for event in sorted(events, key=lambda e: e["DTSTART"].dt):
    assert event["UID"] and event["DTSTAMP"].dt and event["LAST-MODIFIED"].dt
    print(event["DTSTART"].dt.isoformat(), event["STATUS"], event["SUMMARY"])
