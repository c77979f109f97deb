using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Notices;

/// <summary>The dates of a pact as a calendar, RFC 5545: one event for each, the past ones too.</summary>
/// <remarks>Events and not to-dos, also for what a party has to do by then: most calendars show only events.</remarks>
internal static class CalendarFeed
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>Writes the calendar of a pact.</summary>
    /// <param name="world">After the last entry; the calendar is the same until another comes.</param>
    /// <param name="pact">The pact.</param>
    /// <param name="site">The node's address, for links.</param>
    public static byte[] Write(World world, Pact pact, Uri site)
    {
        var calendar = new Calendar { ProductId = "-//Standstill//Pacts//EN", Version = "2.0" };
        calendar.AddProperty("X-WR-CALNAME", pact.Terms.Title.ReplaceLineEndings(" "));
        foreach (var due in PactCalendar.Of(pact, world.Now).Where(d => d.When < UtcTime.Latest))
        {
            calendar.Events.Add(Event(world, pact, due, site));
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    private static CalendarEvent Event(World world, Pact pact, Due due, Uri site)
    {
        var settled = due.State == DueState.Settled;
        return new CalendarEvent
        {
            Uid = $"{due.Name}.{pact.Id}@{world.Registry!.Value.Hex[..16]}.standstill.invalid",
            DtStamp = Time(due.Changed.Time),
            Created = Time(due.Since.Time),
            LastModified = Time(due.Changed.Time),
            Sequence = due.State == DueState.Ahead ? 0 : 1,
            DtStart = Time(due.When),
            Summary = $"{pact.Terms.Title.ReplaceLineEndings(" ")}: {DueText.Short(due)}",
            Description = $"{char.ToUpperInvariant(DueText.Of(due)[0])}{DueText.Of(due)[1..]}.{(settled ? $" It did not come to that: settled at {PactText.Time(due.Changed.Time)}." : "")}",
            Status = settled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
            Url = new Uri(site, $"/pacts/{pact.Id}"),
        };
    }

    private static CalDateTime Time(DateTimeOffset time) => new(time.UtcDateTime, "UTC");
}
