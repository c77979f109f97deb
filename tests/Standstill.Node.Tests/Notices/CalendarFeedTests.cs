using System.Text;
using Standstill.Node.Notices;
using Standstill.Protocol;
using Standstill.Testing;

namespace Standstill.Node.Tests.Notices;

public sealed class CalendarFeedTests
{
    private static readonly Uri Site = new("https://registry.example/");
    private static readonly PactId Pause = new("pause");

    [Fact]
    public void Every_date_is_an_event_the_past_ones_too()
    {
        var events = Events(Written(PactStory.Told().World));

        Assert.Equal(
            [
                ("20250115T004200Z", "Pause: the pause begins", "CONFIRMED"),
                ("20250206T004700Z", "Pause: cedar: cure ends (`big-run`)", "CONFIRMED"),
                ("20250309T005200Z", "Pause: ash leaves", "CANCELLED"),
            ],
            events.Select(e => (e["DTSTART"], e["SUMMARY"], e["STATUS"])).Order());
    }

    [Fact]
    public void An_event_keeps_its_uid_and_its_stamps_come_from_the_ledger()
    {
        var story = PactStory.Called();
        var before = Assert.Single(Events(Written(story.World)));
        Scenario.Expect(story.WaitDays(3).Tick());
        var later = Assert.Single(Events(Written(story.World)));
        Scenario.Expect(story.WaitDays(12).Tick());
        var passed = Assert.Single(Events(Written(story.World)));

        Assert.Equal(before, later);
        Assert.Equal(before["UID"], passed["UID"]);
        Assert.Equal(("0", "1"), (before["SEQUENCE"], passed["SEQUENCE"]));
        Assert.Equal((before["CREATED"], passed["DTSTART"]), (before["LAST-MODIFIED"], passed["LAST-MODIFIED"]));
    }

    [Fact]
    public void Lines_end_and_fold_as_RFC_5545_says()
    {
        var story = PactStory.Founded();
        story.Tell("birch.key", "pact-opened", new
        {
            pact = "long",
            title = string.Concat(Enumerable.Repeat("äé, \U0001F600;\\ ", 20)),
            text = "x",
            allowed = Array.Empty<string>(),
            trigger = "long-work",
            noticeDays = 30,
            cureDays = 1,
            withdrawalDays = 1,
        }).Tell("ash.key", "commitment", new { pact = "long", condition = "always" });
        PactStory.Report(story, "model-x", 720, 600, 900);
        var bytes = Written(story.World, "long");
        var text = Encoding.UTF8.GetString(bytes);

        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\uFFFD', text);
        Assert.StartsWith(@"äé\, 😀\;\\ äé", Assert.Single(Events(bytes))["SUMMARY"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_pact_without_dates_is_a_calendar_all_the_same()
    {
        var text = Encoding.UTF8.GetString(Written(PactStory.Armed().World));

        Assert.StartsWith("BEGIN:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.Contains("VERSION:2.0\r\n", text, StringComparison.Ordinal);
        Assert.Contains("PRODID:-//Standstill//Pacts//EN\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_program_reads_the_same_dates()
    {
        var world = PactStory.Told().World;
        var read = await Python.RunAsync("read_calendar.py", "icalendar", Written(world));

        Assert.Equal(
            """
            2025-01-15T00:42:00+00:00 CONFIRMED Pause: the pause begins
            2025-02-06T00:47:00+00:00 CONFIRMED Pause: cedar: cure ends (`big-run`)
            2025-03-09T00:52:00+00:00 CANCELLED Pause: ash leaves

            """,
            read);
    }

    private static byte[] Written(World world, string pact = "pause") => CalendarFeed.Write(world, world.Pacts[new PactId(pact)], Site);

    private static List<Dictionary<string, string>> Events(byte[] bytes)
    {
        var unfolded = Encoding.UTF8.GetString(bytes).Replace("\r\n ", "", StringComparison.Ordinal);
        return [.. unfolded.Split("BEGIN:VEVENT\r\n")[1..].Select(e => e[..e.IndexOf("END:VEVENT", StringComparison.Ordinal)].TrimEnd().Split("\r\n")
            .ToDictionary(l => l[..l.IndexOfAny([':', ';'])], l => l[(l.IndexOf(':') + 1)..]))];
    }
}
