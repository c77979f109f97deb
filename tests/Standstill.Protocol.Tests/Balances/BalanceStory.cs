using Standstill.Protocol.Balances;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Stories about balance areas: periods of a day that begin on 2 January 2025, ten accelerators, so 240 chip-hours a period.</summary>
internal static class BalanceStory
{
    public static readonly DateTimeOffset Start = new(2025, 1, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The parties of <see cref="PactStory"/> with a meter's key each: `ash.meter`.</summary>
    public static Scenario Founded()
    {
        var story = PactStory.Founded();
        foreach (var party in new[] { "ash", "birch", "elm" })
        {
            story.AddKey(party, party + ".meter", "compute");
        }

        return story;
    }

    /// <summary>One area of ash, counted: ten accelerators.</summary>
    public static Scenario One() => Founded().Area().Counted();

    /// <summary>The same, tested with a random error of 1 % and no other.</summary>
    public static Scenario Tested() => One().Designed();

    public static AreaKey Key(string party = "ash", string area = "a") => new(new PartyId(party), new FacilityId("hall"), new AreaId(area));

    public static BalanceArea At(this Scenario story, string party = "ash", string area = "a") => story.World.Areas[Key(party, area)];

    public static PartyBalance Sum(this Scenario story, string party = "ash") => story.World.PartyBalances[new PartyId(party)];

    public static string Time(double days) => UtcTime.Format(Start.AddMinutes(Math.Round(days * 1440, 3)));

    public static Scenario Until(this Scenario story, double days)
    {
        story.Clock = Start.AddDays(days) > story.Clock ? Start.AddDays(days) : story.Clock;
        return story;
    }

    public static object AreaBody(string party = "ash", string area = "a", int minutes = 1440, bool closed = false, string accelerator = "H100", string? meter = null, string facility = "hall") => new
    {
        facility,
        area,
        title = "Sample area",
        accelerator,
        peakFlopPerSecond = 1e15,
        periodMinutes = minutes,
        meterKey = meter ?? Meter(party),
        closed,
    };

    public static string Meter(string party) => new Scenario().Signer(party + ".meter").PublicKey.Text;

    public static Scenario Area(this Scenario story, string party = "ash", string area = "a", int minutes = 1440, bool closed = false) =>
        story.Tell(party + ".key", "balance-area", AreaBody(party, area, minutes, closed));

    public static object CountBody(string area, long count, string counted, string? serialsRoot = null) => new { facility = "hall", area, counted, count, serialsRoot };

    public static Scenario Counted(this Scenario story, string party = "ash", string area = "a", long count = 10, double? days = null) =>
        story.Tell(party + ".key", "area-counted", CountBody(area, count, days is { } d ? Time(d) : UtcTime.Format(story.Clock)));

    public static object DesignBody(
        string party = "ash", string? area = "a", double random = 1, double systematic = 0, double counting = 0, double rate = 1, object? power = null) => new
        {
            party,
            facility = area is null ? null : "hall",
            area,
            randomPercent = random,
            systematicPercent = systematic,
            countingPercent = counting,
            falseAlarmsPerYear = rate,
            power,
            method = "sample",
        };

    public static Scenario Designed(
        this Scenario story, string party = "ash", string? area = "a", double random = 1, double systematic = 0, double counting = 0, double rate = 1, object? power = null) =>
        story.Tell("gorse.key", "balance-design", DesignBody(party, area, random, systematic, counting, rate, power));

    public static object DigestBody(string area = "a", double from = 0, double to = 1, double idle = 40, double busy = 200, double? energy = null, int chunks = 24, int chips = 10) => new
    {
        facility = "hall",
        area,
        from = Time(from),
        to = Time(to),
        chips,
        busyHours = busy,
        lightHours = 0,
        idleHours = idle,
        darkHours = 0,
        activeHours = busy / 2,
        energyKilowattHours = energy ?? 0,
        energySource = energy is null ? "none" : "redfish",
        trafficBytes = 0,
        samples = 1000,
        gaps = 0,
        longestGapSeconds = 0,
        counterResets = 0,
        clockStepMilliseconds = 0,
        outOfOrder = 0,
        deadLetters = 0,
        features = Array.Empty<object>(),
        missing = Array.Empty<string>(),
        chunks,
        root = new string('c', 64),
    };

    public static object UseBody(string area = "a", double from = 0, double to = 1, double inference = 200, double down = 0) => new
    {
        facility = "hall",
        area,
        from = Time(from),
        to = Time(to),
        uses = new[] { new { use = "inference", chipHours = inference }, new { use = "down", chipHours = down } },
    };

    /// <summary>The meter closes a day, at its end or later.</summary>
    public static Scenario Digest(this Scenario story, string party = "ash", string area = "a", int day = 0, double idle = 40, double? energy = null) =>
        story.Until(day + 1).Tell(party + ".meter", "compute-digest", DigestBody(area, day, day + 1, idle, energy: energy));

    /// <summary>The party says what a day was used for.</summary>
    public static Scenario Declare(this Scenario story, string party = "ash", string area = "a", int day = 0, double inference = 200, double down = 0) =>
        story.Until(day + 1).Tell(party + ".key", "use-declared", UseBody(area, day, day + 1, inference, down));

    /// <summary>A whole day: 40 chip-hours idle, 200 less what is missing declared.</summary>
    public static Scenario Day(this Scenario story, string party = "ash", string area = "a", int day = 0, double missing = 0) =>
        story.Digest(party, area, day).Declare(party, area, day, 200 - missing);

    /// <summary>Days from 0 on, none amiss.</summary>
    public static Scenario Days(this Scenario story, int count, string party = "ash", string area = "a")
    {
        for (var day = 0; day < count; day++)
        {
            story.Day(party, area, day);
        }

        return story;
    }

    /// <summary>The entry of the latest statement.</summary>
    public static long Entry(this Scenario story) => story.World.Size - 1;

    /// <summary>Asserts that a rule refuses, with place, message and remedy.</summary>
    public static void Refused(this Scenario story, string voice, string type, object body, string expected)
    {
        var before = WorldDocument.DigestOf(story.World.AsOf(story.Clock) with { Size = 0, VoidEntries = 0, Now = default });
        var outcome = Assert.IsType<Outcome.Void>(story.Say(voice, type, body));

        Assert.Equal(VoidReason.RefusedByRule, outcome.Reason);
        Assert.Equal(expected, outcome.Faults[0].ToString());
        Assert.Equal(before, WorldDocument.DigestOf(story.World with { Size = 0, VoidEntries = 0, Now = default }));
    }
}
